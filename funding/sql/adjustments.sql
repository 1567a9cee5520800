-- Later changes to a published period (F8): what it comes to now less everything published for the
-- same pupil, school and period, a record merged into the pupil's included. A state without a value can't be compared; it is a line without
-- an amount, so that the run waits for the value.
WITH decision AS ({decisions}),
{states},
recalculated AS (
    SELECT pupil_id, school_id, sum(amount) AS amount, bool_or(kind = 'unvalued') AS unvalued
    FROM (
        SELECT pupil_id, school_id, kind, amount FROM priced
        UNION ALL
        SELECT pupil_id, school_id, 'exceptional', amount FROM exceptional
    ) due
    GROUP BY pupil_id, school_id
),
published AS (
    SELECT coalesce(pupil.merged_into_id, line.pupil_id) AS pupil_id, line.school_id,
           sum(line.amount) AS amount
    FROM funding_line line
    JOIN funding_run run ON run.id = line.run_id
    JOIN schools_pupil pupil ON pupil.id = line.pupil_id
    WHERE run.state = 'published' AND line.period_id = %(period)s
      AND line.kind IN ('allocation', 'adjustment', 'exceptional')
    GROUP BY coalesce(pupil.merged_into_id, line.pupil_id), line.school_id
),
difference AS (
    SELECT pupil_id, school_id, coalesce(unvalued, false) AS unvalued,
           coalesce(recalculated.amount, 0) AS now_due,
           coalesce(published.amount, 0) AS published
    FROM recalculated
    FULL JOIN published USING (pupil_id, school_id)
)
INSERT INTO funding_line (
    id, run_id, period_id, pupil_id, school_id, kind, basis, responsible_la, "start", "end", days, period_days,
    numerator, denominator, amount, note,
    {copied})
SELECT md5(%(run)s::text || %(period)s || pupil_id || school_id)::uuid,
       %(run)s, %(period)s, pupil_id, school_id,
       CASE WHEN unvalued THEN 'unvalued' ELSE 'adjustment' END, '', '',
       %(period_start)s, %(period_end)s, %(period_days)s, %(period_days)s,
       %(numerator)s, %(denominator)s, CASE WHEN NOT unvalued THEN now_due - published END,
       CASE WHEN unvalued THEN 'A band of this published period has no value now.'
            ELSE format('Recalculated £%%s less £%%s already published.',
                        to_char(now_due, 'FM999,999,990.00'),
                        to_char(published, 'FM999,999,990.00')) END,
       {copies}
FROM (
    SELECT difference.*, NULL::uuid AS band_id, sectored.sector
    FROM difference
    JOIN sectored ON sectored.school_id = difference.school_id
                 AND %(period_start)s BETWEEN sectored.from_day AND sectored.to_day
) differing
{copied_from}
WHERE unvalued OR now_due <> published
