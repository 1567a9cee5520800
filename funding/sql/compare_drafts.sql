-- What the lines of a draft are now and were in the draft before, as `keep_draft` kept it: a line of the
-- same number is the same one; of those left, the first that is gone and the first that is new of a pupil,
-- school, period and kind are one that moved. Lines that are as they were are not kept.
WITH old AS (
    DELETE FROM funding_recalculatedline WHERE run_id = %(run)s RETURNING *
),
new AS (
    SELECT id AS line, period_id, kind, reference, urn, school_name, "start", "end", band_name,
           annual_value, amount
    FROM funding_line WHERE run_id = %(run)s
),
gone AS (
    SELECT old.*, row_number() OVER (PARTITION BY period_id, kind, reference, urn ORDER BY was_start)
           AS place
    FROM old
    WHERE NOT EXISTS (SELECT FROM new WHERE new.line = old.line)
),
come AS (
    SELECT new.*, row_number() OVER (PARTITION BY period_id, kind, reference, urn ORDER BY "start")
           AS place
    FROM new
    WHERE NOT EXISTS (SELECT FROM old WHERE old.line = new.line)
),
pairs AS (
    SELECT new.line, 'changed' AS change, new.period_id, new.kind, new.reference, new.urn,
           new.school_name, was_start, was_end, was_band, was_annual, was_amount,
           new."start", new."end", new.band_name, new.annual_value, new.amount
    FROM old
    JOIN new ON new.line = old.line
    WHERE (old.kind, old.urn, was_start, was_end, was_band, was_annual, was_amount)
          IS DISTINCT FROM
          (new.kind, new.urn, new."start", new."end", new.band_name, new.annual_value, new.amount)
    UNION ALL
    SELECT coalesce(come.line, gone.line),
           CASE WHEN gone.line IS NULL THEN 'added' WHEN come.line IS NULL THEN 'removed'
                ELSE 'changed' END,
           coalesce(come.period_id, gone.period_id), coalesce(come.kind, gone.kind),
           coalesce(come.reference, gone.reference), coalesce(come.urn, gone.urn),
           coalesce(come.school_name, gone.school_name), was_start, was_end, was_band, was_annual,
           was_amount, come."start", come."end", come.band_name, come.annual_value, come.amount
    FROM gone
    FULL JOIN come USING (period_id, kind, reference, urn, place)
)
INSERT INTO funding_recalculatedline (
    id, run_id, line, change, period_id, kind, reference, urn, school_name, was_start, was_end,
    was_band, was_annual, was_amount, "start", "end", band, annual, amount, difference)
SELECT gen_random_uuid(), %(run)s, line, change, period_id, kind, reference, urn, school_name,
       was_start, was_end, coalesce(was_band, ''), was_annual, was_amount, "start", "end",
       coalesce(band_name, ''), annual_value, amount, coalesce(amount, 0) - coalesce(was_amount, 0)
FROM pairs
