-- What schools reported and nobody has accepted yet (B12), where it would change what is paid: of
-- who left, isn't theirs or needs no band the days that are paid at the school, of who stays on
-- every day with a plan, for they may be off its roll.
WITH decision AS ({decisions}),
{states},
report AS (
    SELECT *
    FROM unnest(%(kinds)s::text[], %(pupils)s::uuid[], %(schools)s::uuid[], %(since)s::date[])
         AS report(kind, pupil_id, school_id, since)
),
contested AS (
    SELECT report.*, greatest(from_day, band_from, since) AS first_day,
           least(to_day, band_to) AS last_day
    FROM report
    JOIN banded USING (pupil_id, school_id)
    WHERE kind <> 'staying_on' AND decision_id IS NOT NULL AND responsible_la = %(la_code)s
    UNION ALL
    SELECT report.*, greatest(planned.from_day, responsible.from_day, since),
           least(planned.to_day, responsible.to_day)
    FROM report
    JOIN planned USING (pupil_id)
    JOIN responsible USING (pupil_id)
    WHERE kind = 'staying_on' AND la_code = %(la_code)s
)
INSERT INTO funding_runexception (id, run_id, kind, pupil_id, school_id, "start", "end",
                                  reported_day, cleared_reason)
SELECT gen_random_uuid(), %(run)s, kind, pupil_id, school_id, lower(days), upper(days) - 1,
       CASE WHEN kind = 'left' THEN said - 1 END, ''
FROM (
    SELECT kind, pupil_id, school_id, min(since) AS said,
           unnest(range_agg(daterange(first_day, last_day, '[]'))) AS days
    FROM contested
    WHERE first_day <= last_day
    GROUP BY kind, pupil_id, school_id
) found
