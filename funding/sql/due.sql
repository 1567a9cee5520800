-- What a period comes to now, by pupil and school: the lines, and their amount in pounds. Reads only.
WITH decision AS ({decisions}),
{states},
{protected},
{for_school}
SELECT pupil_id, school_id, count(*), coalesce(sum(amount), 0), array_agg(kind ORDER BY "start", kind)
FROM (
    SELECT pupil_id, school_id, amount, kind, line_start AS "start" FROM priced
    WHERE kind <> 'other_la'
    UNION ALL
    SELECT pupil_id, school_id, amount, 'exceptional', first_day FROM exceptional
    UNION ALL
    SELECT pupil_id, school_id, amount, 'protection', first_day FROM protected
    UNION ALL
    SELECT NULL::uuid, school_id, amount, kind, first_day FROM for_school
) due
GROUP BY pupil_id, school_id
