-- The days on which somebody with a plan in force is at a school and has no agreed band of the framework
-- that pays there.
SELECT pupil_id, school_id, sector, plan_type, responsible_la = %(la_code)s,
       CASE WHEN %(whole_period)s THEN %(period_start)s ELSE from_day END,
       CASE WHEN %(whole_period)s THEN %(period_end)s ELSE least(to_day, band_from - 1) END
FROM banded
WHERE plan_type = 'EHCP' AND position = 1 AND (band_from IS NULL OR band_from > from_day)
ORDER BY pupil_id, from_day
