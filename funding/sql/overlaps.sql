-- Days on which two placements cover a pupil (F3): the school that is paid, the other, the days.
WITH clipped AS (
    SELECT placement.id, placement.pupil_id, placement.school_id, placement."start" AS started,
           daterange(greatest(placement."start", %(first_day)s),
                     least(placement."end", %(last_day)s), '[]') AS days
    FROM schools_placement placement
    WHERE placement."start" <= %(last_day)s
      AND (placement."end" IS NULL OR placement."end" >= %(first_day)s)
),
crossing AS (
    SELECT clipped.*, school.urn
    FROM clipped
    JOIN schools_school school ON school.id = clipped.school_id
    WHERE pupil_id IN (SELECT pupil_id FROM clipped GROUP BY pupil_id HAVING count(*) > 1)
),
paid AS (
    SELECT id, pupil_id, school_id,
           unnest(datemultirange(days) - coalesce(range_agg(days) OVER preferred, '{}')) AS days
    FROM crossing
    WINDOW preferred AS (PARTITION BY pupil_id ORDER BY started DESC, urn DESC
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
INSERT INTO funding_runexception (id, run_id, earlier_period_id, kind, pupil_id, school_id,
                                  other_school_id, "start", "end", cleared_reason)
SELECT gen_random_uuid(), %(run)s, %(earlier)s::uuid, 'overlap', pupil_id, school_id, other_school_id,
       lower(days), upper(days) - 1, ''
FROM (
    SELECT paid.pupil_id, paid.school_id, other.school_id AS other_school_id,
           unnest(range_agg(paid.days * other.days)) AS days
    FROM paid
    JOIN crossing other ON other.pupil_id = paid.pupil_id AND other.id <> paid.id
                       AND other.days && paid.days
    GROUP BY paid.pupil_id, paid.school_id, other.school_id
) overlap
