-- What a period comes to now, by sector and the days it is for, with its pupils; and once for all of it,
-- where the sector is empty (F19). Reads only.
WITH decision AS ({decisions}),
{states},
{protected},
{for_school}
SELECT sector, from_day, to_day, coalesce(sum(amount), 0), count(DISTINCT pupil_id),
       count(DISTINCT pupil_id) FILTER (WHERE amount IS NULL)
FROM (
    SELECT pupil_id, sector, line_start AS from_day, line_end AS to_day, amount
    FROM priced WHERE kind <> 'other_la'
    UNION ALL
    SELECT pupil_id, sector, first_day, last_day_paid, amount FROM exceptional
    UNION ALL
    SELECT pupil_id, sector, first_day, last_day_paid, amount FROM protected
    UNION ALL
    SELECT NULL::uuid, sector, first_day, last_day_paid, amount FROM for_school
) due
GROUP BY GROUPING SETS ((sector, from_day, to_day), ())
