-- The lines of a draft as they are, before they are made again.
INSERT INTO funding_recalculatedline (
    id, run_id, line, change, period_id, kind, reference, urn, school_name, was_start, was_end,
    was_band, was_annual, was_amount, band, difference)
SELECT gen_random_uuid(), run_id, id, 'removed', period_id, kind, reference, urn, school_name,
       "start", "end", band_name, annual_value, amount, '', -coalesce(amount, 0)
FROM funding_line
WHERE run_id = %(run)s
