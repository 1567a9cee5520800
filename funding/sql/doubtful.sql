-- Whom a run pays, or shows for another authority, though what is known of them is doubtful: no UPN, at a
-- provider the register does not know, another authority's pupil. Not asked again in a year in which a
-- published run has it cleared.
WITH decision AS ({decisions}),
{states},
found AS (
    SELECT doubt.kind, dated.pupil_id, dated.school_id,
           min(dated.line_start) AS first_day, max(dated.line_end) AS final_day
    FROM dated
    JOIN schools_pupil pupil ON pupil.id = dated.pupil_id
    JOIN schools_school school ON school.id = dated.school_id
    CROSS JOIN LATERAL (
        VALUES ('no_upn', dated.kind <> 'other_la' AND coalesce(pupil.upn, '') = ''),
               ('no_urn', dated.kind <> 'other_la' AND school.arrangement <> ''),
               ('other_la', dated.kind = 'other_la')
    ) doubt (kind, is_so)
    WHERE doubt.is_so
    GROUP BY doubt.kind, dated.pupil_id, dated.school_id
)
INSERT INTO funding_runexception (id, run_id, earlier_period_id, kind, pupil_id, school_id,
                                  "start", "end", cleared_reason)
SELECT gen_random_uuid(), %(run)s, %(earlier)s::uuid, kind, pupil_id, school_id, first_day, final_day, ''
FROM found
WHERE NOT EXISTS (
    SELECT FROM funding_runexception known
    JOIN funding_run run ON run.id = known.run_id AND run.state = 'published'
    JOIN funding_period cleared_in ON cleared_in.id = run.period_id
    JOIN funding_period period ON period.id = %(period)s
                              AND period.calendar_id = cleared_in.calendar_id
    WHERE known.kind = found.kind AND known.pupil_id = found.pupil_id
      AND known.school_id = found.school_id
)
