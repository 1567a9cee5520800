-- The days paid on which a pupil has two amounts agreed beside the band (B11), as after two records
-- of one pupil were merged.
WITH decision AS ({decisions}),
{states}
INSERT INTO funding_runexception (id, run_id, earlier_period_id, kind, pupil_id, school_id, "start", "end",
                                  cleared_reason)
SELECT gen_random_uuid(), %(run)s, %(earlier)s::uuid, 'two_amounts', pupil_id, school_id,
       lower(days), upper(days) - 1, ''
FROM (
    SELECT pupil_id, school_id, unnest(range_agg(daterange(first_day, final_day, '[]'))) AS days
    FROM (
        SELECT dated.pupil_id, dated.school_id,
               greatest(dated.state_from, one.starts_on, other.starts_on) AS first_day,
               least(dated.last_day, one.ends_on, other.ends_on) AS final_day
        FROM dated
        JOIN agreed one ON one.pupil_id = dated.pupil_id
        JOIN agreed other ON other.pupil_id = dated.pupil_id AND other.amount_id > one.amount_id
        WHERE dated.kind <> 'other_la'
    ) crossing
    WHERE first_day <= final_day
    GROUP BY pupil_id, school_id
) found
