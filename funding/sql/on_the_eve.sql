-- Whom a rule of protection protects (F10): the authority's own pupils of its sector on the eve of the
-- change, which is the only day looked at, with the annual value of that day.
WITH decision AS ({decisions}),
{states}
INSERT INTO funding_protectedpupil (id, rule_id, pupil_id, annual)
SELECT gen_random_uuid(), %(rule)s::uuid, pupil_id, annual_value
FROM dated
WHERE kind = 'allocation' AND sector = %(sector)s AND annual_value > 0
