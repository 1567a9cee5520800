-- Later changes to what a published period pays schools themselves (F8, F24): what it comes to now less
-- everything published for it.
WITH decision AS ({decisions}),
{states},
{protected},
{for_school},
difference AS (
    SELECT school_id, coalesce(due.amount, 0) AS now_due, coalesce(before.amount, 0) AS published
    FROM (SELECT school_id, sum(amount) AS amount FROM for_school GROUP BY school_id) due
    FULL JOIN (
        SELECT line.school_id, sum(line.amount) AS amount
        FROM funding_line line
        JOIN funding_run run ON run.id = line.run_id AND run.state = 'published'
        WHERE line.period_id = %(period)s AND line.pupil_id IS NULL
          AND line.kind IN ('lump_sum', 'minimum', 'adjustment')
        GROUP BY line.school_id
    ) before USING (school_id)
    WHERE coalesce(due.amount, 0) <> coalesce(before.amount, 0)
)
INSERT INTO funding_line (
    id, run_id, period_id, school_id, kind, basis, responsible_la, "start", "end", days, period_days,
    numerator, denominator, amount, due_total, published_total, cause, note,
    {copied})
SELECT md5(%(run)s::text || 'for school' || %(period)s || school_id)::uuid,
       %(run)s, %(period)s, school_id, 'adjustment', '', '', %(period_start)s, %(period_end)s,
       %(period_days)s, %(period_days)s, %(numerator)s, %(denominator)s, now_due - published, now_due,
       published, 'for_school',
       format('Beside its pupils the school is due £%%s for the period now; £%%s was published before.',
              to_char(now_due, 'FM999,999,990.00'), to_char(published, 'FM999,999,990.00')),
       {copies}
FROM (
    SELECT difference.*, sectored.sector, NULL::uuid AS pupil_id, NULL::uuid AS band_id
    FROM difference
    JOIN sectored USING (school_id)
    WHERE %(first_day)s BETWEEN sectored.from_day AND sectored.to_day
) found
{copied_from}
