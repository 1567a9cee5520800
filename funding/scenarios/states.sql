-- The states of a period as a scenario prices them; `annual_value` is the number of the sector.
SELECT pupil_id, school_id, annual_value, plan_type, band_id, kind <> 'other_la', line_start, line_end
FROM priced
ORDER BY pupil_id, line_start
