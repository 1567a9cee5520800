-- A fingerprint of what a run is worked out from: of each kind of input the number of rows and two
-- sums of 64-bit row hashes, so that the order of rows does not matter. Everything that starts on
-- or before the last day counts, because earlier published periods are worked out again too.
WITH decision AS ({decisions}),
fingerprint AS (
    SELECT 'placement' AS kind, ROW(pupil_id, school_id, "start", "end") AS facts
    FROM schools_placement WHERE "start" <= %(last_day)s
    UNION ALL
    SELECT 'plan', ROW(pupil_id, plan_type, "start", "end")
    FROM schools_plan WHERE "start" <= %(last_day)s
    UNION ALL
    SELECT 'decision', ROW(id, pupil_id, band_id, effective_from, settled, moderated, submitted_at)
    FROM decision WHERE effective_from <= %(last_day)s
    UNION ALL
    SELECT 'exceptional amount', ROW(pupil_id, id, amount, starts_on, ends_on)
    FROM ({amounts}) AS found (pupil_id, id, amount, starts_on, ends_on)
    WHERE starts_on <= %(last_day)s
    UNION ALL
    SELECT 'pupil', ROW(id, responsible_la, reference, upn) FROM schools_pupil
    UNION ALL
    SELECT 'former authority', ROW(pupil_id, value, until)
    FROM schools_formerfact WHERE kind = 'responsible_la'
    UNION ALL
    SELECT 'school', ROW(id, urn, sector, is_paid, name, la_code, establishment_number, type_name,
                         type_code, type_group_code, phase, payee_reference,
                         status, opened_on, closed_on)
    FROM schools_school
    UNION ALL
    SELECT 'former sector', ROW(school_id, sector, until) FROM schools_formersector
    UNION ALL
    SELECT 'value', ROW(band_id, sector, annual_value, effective_from)
    FROM funding_bandvalue WHERE effective_from <= %(last_day)s
    UNION ALL
    SELECT 'protection', ROW(sector, kind, changed_on, starts_on, ends_on, share)
    FROM funding_protectionrule
    UNION ALL
    SELECT 'school amount', ROW(school_id, kind, band_id, name, annual, starts_on, ends_on)
    FROM funding_schoolamount WHERE starts_on <= %(last_day)s
    UNION ALL
    SELECT 'rest at once', ROW(id) FROM funding_recoveryagreement WHERE rest_at_once
    UNION ALL
    SELECT 'school day', ROW(school_id, "date", is_school_day)
    FROM funding_schoolday WHERE "date" <= %(year_end)s
    UNION ALL
    SELECT 'policy', ROW(sector, framework_id, effective_from)
    FROM funding_fundingpolicy WHERE effective_from <= %(last_day)s
)
SELECT kind, count(*), sum(hash_record_extended(facts, 0)), sum(hash_record_extended(facts, 1))
FROM fingerprint
GROUP BY kind
ORDER BY kind
