-- The sectors in which bands under several frameworks would count while no policy says which of
-- them pays (rules.md B4), with the first such day and the names of the frameworks.
WITH decision AS ({decisions}),
{states}
SELECT based.sector, min(based.from_day), array_agg(DISTINCT framework.name)
FROM based
JOIN decision ON decision.pupil_id = based.pupil_id
             AND decision.effective_from <= based.to_day
             AND (based.plan_type = 'EHCP' OR decision.settled)
JOIN banding_framework framework ON framework.id = decision.framework_id
WHERE based.framework_id IS NULL AND based.responsible_la = %(la_code)s
GROUP BY based.sector
HAVING count(DISTINCT framework.code) > 1
ORDER BY based.sector
