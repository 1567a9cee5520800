-- What a period comes to now, by pupil and school: the lines, and their amount in pounds. Reads only.
WITH decision AS ({decisions}),
{states}
SELECT pupil_id, school_id, count(*), coalesce(sum(amount), 0), array_agg(kind ORDER BY line_start)
FROM priced
WHERE kind <> 'other_la'
GROUP BY pupil_id, school_id
