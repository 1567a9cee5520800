-- Days of the authority's own pupils that somebody has to look at: a school and a plan but no agreed
-- band (B5); lines at a school outside its life; a plan and a band but no school, between two schools or
-- since the last one closed (S1). Who has left or not begun is known to be nowhere.
WITH decision AS ({decisions}),
{states},
-- From which day a pupil has a band of any framework: without a school no sector says which pays.
agreed_since AS (
    SELECT pupil_id, min(effective_from) AS any_band,
           min(effective_from) FILTER (WHERE settled) AS settled_band
    FROM decision
    GROUP BY pupil_id
),

wanting AS (
    SELECT planned.pupil_id,
           greatest(planned.from_day, responsible.from_day,
                    CASE WHEN plan_type = 'EHCP' THEN any_band ELSE settled_band END) AS first_day,
           least(planned.to_day, responsible.to_day) AS final_day
    FROM planned
    JOIN responsible ON responsible.pupil_id = planned.pupil_id AND la_code = %(la_code)s
    JOIN agreed_since ON agreed_since.pupil_id = planned.pupil_id
    WHERE plan_type = 'EHCP' OR settled_band IS NOT NULL
),

covered AS (
    SELECT pupil_id, range_agg(daterange(from_day, to_day, '[]')) AS days
    FROM placed
    GROUP BY pupil_id
),

-- A school lives from the day it opened to the day it closed; one that has closed nobody knows
-- when is open on no day.
life AS (
    SELECT id AS school_id,
           CASE WHEN (status = 'closed' AND closed_on IS NULL) OR opened_on > closed_on
                THEN '{}'::datemultirange
                ELSE datemultirange(daterange(opened_on, closed_on, '[]')) END AS days
    FROM schools_school
    WHERE status = 'closed' OR closed_on IS NOT NULL OR opened_on > %(first_day)s
),

found AS (
    SELECT 'no_agreed_band' AS kind, pupil_id, school_id,
           unnest(range_agg(daterange(from_day, coalesce(band_from, to_day + 1)))) AS days
    FROM banded
    WHERE position = 1 AND (band_from IS NULL OR band_from > from_day)
      AND responsible_la = %(la_code)s
    GROUP BY pupil_id, school_id
    UNION ALL
    SELECT 'not_open', pupil_id, dated.school_id,
           unnest(range_agg(daterange(state_from, last_day, '[]')) - life.days)
    FROM dated
    JOIN life ON life.school_id = dated.school_id
    WHERE kind <> 'other_la'
    GROUP BY pupil_id, dated.school_id, life.days
    UNION ALL
    SELECT 'no_school', pupil_id, NULL::uuid,
           unnest(range_agg(daterange(first_day, final_day, '[]'))
                  - coalesce(covered.days, '{}'))
    FROM wanting
    LEFT JOIN covered USING (pupil_id)
    WHERE first_day <= final_day
    GROUP BY pupil_id, covered.days
)
INSERT INTO funding_runexception (id, run_id, earlier_period_id, kind, pupil_id, school_id,
                                  "start", "end", cleared_reason)
SELECT gen_random_uuid(), %(run)s, %(earlier)s::uuid, kind, pupil_id,
       coalesce(found.school_id, left_last.school_id), lower(days), upper(days) - 1, ''
FROM found
LEFT JOIN LATERAL (
    SELECT placement.school_id, (school.status = 'closed' AND closed_on IS NULL)
           OR closed_on <= placement."end" AS has_closed
    FROM schools_placement placement
    JOIN schools_school school ON school.id = placement.school_id
    WHERE kind = 'no_school' AND placement.pupil_id = found.pupil_id
      AND placement."end" < lower(found.days)
    ORDER BY placement."end" DESC, school.urn DESC
    LIMIT 1
) left_last ON true
WHERE kind <> 'no_school' OR left_last.has_closed
   OR (left_last.school_id IS NOT NULL AND EXISTS (
           SELECT FROM schools_placement placement
           WHERE placement.pupil_id = found.pupil_id AND placement."start" >= upper(found.days)))
