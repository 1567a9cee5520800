-- Later changes to what was claimed from other authorities for a published period (F16): on each
-- longest stretch of days what their pupils come to a year now, and what was claimed, less each other.
-- Where a band has no value now nothing is said of its pupil.
WITH decision AS ({decisions}),
{states},
their AS (
    SELECT pupil_id, school_id, responsible_la, line_start AS from_day, line_end AS to_day,
           annual_value AS annual, band_id, true AS is_due
    FROM priced
    WHERE kind = 'other_la' AND school_la = %(la_code)s
    UNION ALL
    SELECT coalesce(pupil.merged_into_id, line.pupil_id), line.school_id, line.responsible_la,
           line."start", line."end", coalesce(line.annual_value, 0) - coalesce(line.was_annual, 0),
           line.band_id, false
    FROM funding_line line
    JOIN funding_run run ON run.id = line.run_id
    JOIN schools_pupil pupil ON pupil.id = line.pupil_id
    WHERE run.state = 'published' AND line.period_id = %(period)s AND line.claim IS NOT NULL
),
known AS (
    SELECT * FROM their
    WHERE NOT EXISTS (
        SELECT FROM their other
        WHERE other.pupil_id = their.pupil_id AND other.school_id = their.school_id
          AND other.annual IS NULL
    )
),
stretch AS (
    SELECT *, lead(from_day) OVER (PARTITION BY pupil_id, school_id, responsible_la
                                   ORDER BY from_day) - 1 AS to_day
    FROM (
        SELECT DISTINCT pupil_id, school_id, responsible_la,
               unnest(ARRAY[from_day, to_day + 1]) AS from_day
        FROM known
    ) boundary
),
summed AS (
    SELECT stretch.*, nullif(sum(annual) FILTER (WHERE is_due), 0) AS due,
           nullif(sum(annual) FILTER (WHERE NOT is_due), 0) AS claimed,
           (array_agg(band_id ORDER BY is_due DESC))[1] AS band_id
    FROM stretch
    JOIN known ON known.pupil_id = stretch.pupil_id AND known.school_id = stretch.school_id
              AND known.responsible_la = stretch.responsible_la
              AND known.from_day <= stretch.from_day AND known.to_day >= stretch.to_day
    GROUP BY stretch.pupil_id, stretch.school_id, stretch.responsible_la, stretch.from_day,
             stretch.to_day
),
differing AS (
    SELECT *,
           (lag(to_day) OVER days = from_day - 1 AND lag(band_id) OVER days = band_id
            AND lag(due) OVER days IS NOT DISTINCT FROM due
            AND lag(claimed) OVER days IS NOT DISTINCT FROM claimed) IS TRUE AS continues
    FROM summed
    WHERE coalesce(due, 0) <> coalesce(claimed, 0)
    WINDOW days AS (PARTITION BY pupil_id, school_id, responsible_la ORDER BY from_day)
),
corrected AS (
    SELECT counted.*, {amount (coalesce(due,0)-coalesce(claimed,0))} AS claim
    FROM (
        SELECT joined.*, to_day - from_day + 1 AS days, in_year AS year_school_days,
               {school_days from_day to_day} AS school_days
        FROM (
            SELECT pupil_id, school_id, responsible_la, due, claimed, band_id,
                   min(from_day) AS from_day, max(to_day) AS to_day
            FROM (
                SELECT *, count(*) FILTER (WHERE NOT continues)
                          OVER (PARTITION BY pupil_id, school_id, responsible_la
                                ORDER BY from_day) AS island
                FROM differing
            ) numbered
            GROUP BY pupil_id, school_id, responsible_la, island, due, claimed, band_id
        ) joined
        LEFT JOIN school_year ON school_year.school_id = joined.school_id
    ) counted
)
INSERT INTO funding_line (
    id, run_id, period_id, pupil_id, school_id, kind, basis, responsible_la, "start", "end", days,
    period_days, numerator, denominator, amount, claim, annual_value, was_annual, framework_id,
    band_id, school_days, year_school_days, note,
    {copied})
SELECT md5(%(run)s::text || 'claim' || %(period)s || pupil_id || school_id || responsible_la
           || from_day)::uuid,
       %(run)s, %(period)s, pupil_id, school_id, 'recoupment', '', responsible_la, from_day, to_day,
       days, %(period_days)s, %(numerator)s, %(denominator)s, 0, claim, due, claimed, framework_id,
       band_id, school_days, year_school_days,
       format('For these days £%%s a year was claimed from authority %%s, £%%s a year is due.',
              to_char(coalesce(claimed, 0), 'FM999,999,990.00'), responsible_la,
              to_char(coalesce(due, 0), 'FM999,999,990.00')),
       {copies}
FROM (
    SELECT corrected.*, sectored.sector, band.framework_id
    FROM corrected
    JOIN sectored ON sectored.school_id = corrected.school_id
                 AND corrected.from_day BETWEEN sectored.from_day AND sectored.to_day
    JOIN banding_band band ON band.id = corrected.band_id
) corrections
{copied_from}
WHERE claim <> 0
