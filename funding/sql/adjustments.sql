-- Later changes to a published period (F8): what it comes to now less everything published for the
-- same pupil, school and period, a record merged into the pupil's included, split over the days that
-- differ as `funding/calculation/pieces.py` says. A state without a value can't be compared; it is a
-- line without an amount, so that the run waits for the value.
WITH decision AS ({decisions}),
{states},
{protected},
recalculated AS (
    SELECT pupil_id, school_id, sum(amount) AS amount, bool_or(kind = 'unvalued') AS unvalued
    FROM (
        SELECT pupil_id, school_id, kind, amount FROM priced
        UNION ALL
        SELECT pupil_id, school_id, 'exceptional', amount FROM exceptional
        UNION ALL
        SELECT pupil_id, school_id, 'protection', amount FROM protected
    ) due
    GROUP BY pupil_id, school_id
),
published AS (
    SELECT coalesce(pupil.merged_into_id, line.pupil_id) AS pupil_id, line.school_id, line.amount,
           CASE line.kind WHEN 'adjustment'
                THEN coalesce(line.annual_value, 0) - coalesce(line.was_annual, 0)
                ELSE line.annual_value END AS annual,
           line."start" AS from_day, line."end" AS to_day,
           CASE WHEN line.kind IN ('allocation', 'adjustment') THEN line.band_id END AS band_id,
           row_number() OVER (ORDER BY run.published_at, line."start", line.id) AS place
    FROM funding_line line
    JOIN funding_run run ON run.id = line.run_id
    JOIN schools_pupil pupil ON pupil.id = line.pupil_id
    WHERE run.state = 'published' AND line.period_id = %(period)s
      AND line.kind IN ('allocation', 'adjustment', 'exceptional', 'protection')
),
difference AS (
    SELECT pupil_id, school_id, coalesce(unvalued, false) AS unvalued,
           coalesce(recalculated.amount, 0) AS now_due,
           coalesce(before.amount, 0) AS published
    FROM recalculated
    FULL JOIN (
        SELECT pupil_id, school_id, sum(amount) AS amount FROM published
        GROUP BY pupil_id, school_id
    ) before USING (pupil_id, school_id)
    WHERE unvalued OR coalesce(recalculated.amount, 0) <> coalesce(before.amount, 0)
),

-- Annual pounds on the days of each line, due and published.
rate AS (
    SELECT each.*
    FROM (
        SELECT pupil_id, school_id, true AS is_due, line_start AS from_day, line_end AS to_day,
               annual_value AS annual, band_id, 0::bigint AS place
        FROM priced WHERE kind = 'allocation'
        UNION ALL
        SELECT pupil_id, school_id, true, first_day, last_day_paid, extra, NULL, 0 FROM exceptional
        UNION ALL
        SELECT pupil_id, school_id, true, first_day, last_day_paid, annual, NULL, 0 FROM protected
        UNION ALL
        SELECT pupil_id, school_id, false, from_day, to_day, annual, band_id, place FROM published
    ) each
    JOIN difference USING (pupil_id, school_id)
    WHERE NOT unvalued
),
stretch AS (
    SELECT *, lead(from_day) OVER (PARTITION BY pupil_id, school_id ORDER BY from_day) - 1 AS to_day
    FROM (
        SELECT DISTINCT pupil_id, school_id, unnest(ARRAY[from_day, to_day + 1]) AS from_day
        FROM rate
    ) boundary
),
summed AS (
    SELECT stretch.*, nullif(sum(annual) FILTER (WHERE is_due), 0) AS due,
           nullif(sum(annual) FILTER (WHERE NOT is_due), 0) AS before,
           (array_agg(band_id ORDER BY place DESC)
            FILTER (WHERE is_due AND band_id IS NOT NULL))[1] AS band_due,
           (array_agg(band_id ORDER BY place DESC)
            FILTER (WHERE NOT is_due AND band_id IS NOT NULL))[1] AS band_before
    FROM stretch
    JOIN rate ON rate.pupil_id = stretch.pupil_id AND rate.school_id = stretch.school_id
             AND rate.from_day <= stretch.from_day AND rate.to_day >= stretch.to_day
    GROUP BY stretch.pupil_id, stretch.school_id, stretch.from_day, stretch.to_day
),
differing AS (
    SELECT *, coalesce(band_due, band_before) AS band_id,
           (lag(to_day) OVER days = from_day - 1
            AND lag(due) OVER days IS NOT DISTINCT FROM due
            AND lag(before) OVER days IS NOT DISTINCT FROM before
            AND lag(coalesce(band_due, band_before)) OVER days
                IS NOT DISTINCT FROM coalesce(band_due, band_before)
            AND lag(band_before) OVER days IS NOT DISTINCT FROM band_before) IS TRUE AS continues
    FROM summed
    WHERE coalesce(due, 0) <> coalesce(before, 0)
    WINDOW days AS (PARTITION BY pupil_id, school_id ORDER BY from_day)
),
piece AS (
    SELECT counted.*, {amount (coalesce(due,0)-coalesce(before,0))} AS amount
    FROM (
        SELECT joined.*, to_day - from_day + 1 AS days, in_year AS year_school_days,
               {school_days from_day to_day} AS school_days
        FROM (
            SELECT pupil_id, school_id, min(from_day) AS from_day, max(to_day) AS to_day, due, before,
                   band_id, band_before
            FROM (
                SELECT *, count(*) FILTER (WHERE NOT continues)
                          OVER (PARTITION BY pupil_id, school_id ORDER BY from_day) AS island
                FROM differing
            ) numbered
            GROUP BY pupil_id, school_id, island, due, before, band_id, band_before
        ) joined
        LEFT JOIN school_year ON school_year.school_id = joined.school_id
    ) counted
),

-- The pennies that rounding leaves go to the largest piece; more than that no day explains.
remainder AS (
    SELECT difference.*, now_due - published - coalesce(pieces.amount, 0) AS rest,
           coalesce(abs(now_due - published - pieces.amount)
                    <= 0.02 * (pieces.count + rates.count), false) AS is_rounding
    FROM difference
    LEFT JOIN (
        SELECT pupil_id, school_id, count(*), sum(amount) AS amount FROM piece
        GROUP BY pupil_id, school_id
    ) pieces USING (pupil_id, school_id)
    LEFT JOIN (
        SELECT pupil_id, school_id, count(*) FROM rate GROUP BY pupil_id, school_id
    ) rates USING (pupil_id, school_id)
),
adjusted AS (
    SELECT pupil_id, school_id, unvalued, now_due, published, from_day, to_day, days, due, before,
           band_id, band_before, school_days, year_school_days,
           amount + CASE WHEN is_rounding AND row_number() OVER largest = 1 THEN rest ELSE 0 END
           AS amount
    FROM piece
    JOIN remainder USING (pupil_id, school_id)
    WINDOW largest AS (PARTITION BY pupil_id, school_id ORDER BY abs(amount) DESC, from_day)
    UNION ALL
    SELECT pupil_id, school_id, unvalued, now_due, published, %(period_start)s, %(period_end)s,
           %(period_days)s, NULL, NULL, NULL, NULL, NULL, NULL, CASE WHEN NOT unvalued THEN rest END
    FROM remainder
    WHERE unvalued OR NOT is_rounding
)
INSERT INTO funding_line (
    id, run_id, period_id, pupil_id, school_id, kind, basis, responsible_la, "start", "end", days,
    period_days, numerator, denominator, amount, annual_value, was_annual, framework_id, band_id,
    due_total, published_total, school_days, year_school_days, was_band, cause, cause_said, cause_by,
    note,
    {copied})
SELECT md5(%(run)s::text || %(period)s || pupil_id || school_id || from_day
           || CASE WHEN due IS NULL AND before IS NULL THEN 'rest' ELSE '' END)::uuid,
       %(run)s, %(period)s, pupil_id, school_id,
       CASE WHEN unvalued THEN 'unvalued' ELSE 'adjustment' END, '', '',
       from_day, to_day, days, %(period_days)s,
       %(numerator)s, %(denominator)s, amount, due, before, differing.framework_id, band_id,
       CASE WHEN NOT unvalued THEN now_due END, CASE WHEN NOT unvalued THEN published END,
       school_days, year_school_days, coalesce(was.name, ''), '', '', '',
       CASE WHEN unvalued THEN 'A band of this published period has no value now.'
            ELSE format('In all £%%s is due for the period now; £%%s was published before.',
                        to_char(now_due, 'FM999,999,990.00'),
                        to_char(published, 'FM999,999,990.00')) END,
       {copies}
FROM (
    SELECT adjusted.*, sectored.sector, band.framework_id
    FROM adjusted
    JOIN sectored ON sectored.school_id = adjusted.school_id
                 AND adjusted.from_day BETWEEN sectored.from_day AND sectored.to_day
    LEFT JOIN banding_band band ON band.id = adjusted.band_id
) differing
LEFT JOIN banding_band was ON was.id = band_before
{copied_from}
WHERE unvalued OR amount <> 0
