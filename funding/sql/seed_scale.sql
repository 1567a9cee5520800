-- A large invented authority, made of numbers alone: the same arguments give the same facts.
-- Two pupils in a hundred move within the autumn term, one in two hundred is in two schools for a
-- while, one in ten gets a new band, one in fifty belongs to another authority, one in fifty has
-- no band yet.
INSERT INTO schools_school (
    id, urn, la_code, establishment_number, name, type_code, type_name, type_group_code, phase,
    sector, status, low_age, high_age, ukprn, trust, town, postcode,
    arrangement, payee_reference, is_paid)
SELECT gen_random_uuid(), (800000 + n)::text, %(la_code)s, (2000 + n %% 8000)::text,
       'Invented School ' || n, CASE WHEN n %% 20 = 0 THEN 7 WHEN n %% 50 = 1 THEN 14
                                     WHEN n %% 3 = 0 THEN 34 ELSE 1 END,
       '', CASE WHEN n %% 20 = 0 THEN 5 WHEN n %% 50 <> 1 AND n %% 3 = 0 THEN 10 ELSE 4 END,
       CASE WHEN n %% 20 = 0 OR n %% 50 = 1 THEN '' WHEN n %% 5 = 0 THEN 'Secondary'
            ELSE 'Primary' END,
       CASE WHEN n %% 20 = 0 THEN 'special' WHEN n %% 50 = 1 THEN 'alternative_provision'
            ELSE 'mainstream' END,
       'open', CASE WHEN n %% 5 = 0 THEN 11 ELSE 4 END, CASE WHEN n %% 5 = 0 THEN 16 ELSE 11 END,
       '', '', '', '', '', '', true
FROM generate_series(1, %(schools)s) n;

INSERT INTO schools_pupil (
    id, upn, reference, surname, forename, date_of_birth, primary_need, responsible_la)
SELECT gen_random_uuid(), 'A' || lpad(n::text, 12, '0'), 'S' || lpad(n::text, 7, '0'), 'Invented' || n, 'Pupil',
       date '2010-09-01' + n %% 4000, 'SLCN',
       CASE WHEN n %% 50 = 7 THEN '998' ELSE %(la_code)s END
FROM generate_series(1, %(pupils)s) n;

CREATE TEMP TABLE numbered ON COMMIT DROP AS
SELECT id AS pupil_id, substr(reference, 2)::int AS n, hashint4(substr(reference, 2)::int) AS mixed
FROM schools_pupil;

CREATE TEMP TABLE school_numbered ON COMMIT DROP AS
SELECT id AS school_id, row_number() OVER (ORDER BY urn) - 1 AS place FROM schools_school;

INSERT INTO schools_placement (id, pupil_id, school_id, "start", "end")
SELECT gen_random_uuid(), pupil_id, school_id, date '2021-09-01' + 365 * (n %% 5),
       CASE WHEN n %% 50 = 3 THEN date '2026-10-01' + n %% 60
            WHEN n %% 200 = 5 THEN date '2026-11-15' END
FROM numbered JOIN school_numbered ON place = (mixed & 1073741823) %% %(schools)s
UNION ALL
SELECT gen_random_uuid(), pupil_id, school_id,
       CASE WHEN n %% 50 = 3 THEN date '2026-10-02' + n %% 60 ELSE date '2026-11-01' END, NULL
FROM numbered
JOIN school_numbered ON place = ((mixed & 1073741823) + 1) %% %(schools)s
WHERE n %% 50 = 3 OR n %% 200 = 5;

INSERT INTO schools_plan (id, pupil_id, plan_type, "start", "end")
SELECT gen_random_uuid(), pupil_id, CASE WHEN n %% 12 = 0 THEN 'SEN_SUPPORT' ELSE 'EHCP' END,
       date '2020-09-01' + n %% 1000, CASE WHEN n %% 100 = 9 THEN date '2026-11-30' END
FROM numbered;

INSERT INTO banding_framework (
    id, code, version, name, effective_from, value_basis, plan_types, tie_rule, combine_kind,
    thresholds, preamble, conditions_lead, conditions, definitions, evidence, examples, earlier,
    state, is_open)
VALUES (gen_random_uuid(), 'invented', '1', 'Invented framework', '2018-09-01', 'top_up',
        '{EHCP,SEN_SUPPORT}', '', 'highest_need', '[]', '', '', '{}', '[]', '[]', '[]', '{}',
        'published', false);

INSERT INTO banding_band (id, framework_id, code, name, rank, summary)
SELECT gen_random_uuid(), framework.id, n::text, 'Band ' || n, n, ''
FROM generate_series(1, 6) n, banding_framework framework WHERE framework.code = 'invented';

INSERT INTO banding_banddecision (
    id, pupil_id, framework_id, state, source, band_id, difference_reason, rationale,
    effective_from, decided_at, submitted_at, version, evidence)
SELECT gen_random_uuid(), pupil_id, band.framework_id, 'submitted',
       CASE WHEN n %% 3 = 0 THEN 'authority' ELSE 'school' END, band.id, '', '',
       date '2024-09-01', now(), timestamptz '2024-09-01 12:00+00', 1, '{}'::jsonb
FROM numbered
JOIN banding_band band ON band.rank = 1 + n %% 6
JOIN banding_framework framework ON framework.id = band.framework_id AND framework.code = 'invented'
WHERE n %% 50 <> 11
UNION ALL
SELECT gen_random_uuid(), pupil_id, band.framework_id, 'submitted', 'authority', band.id, '', '',
       date '2026-09-15' + n %% 90, now(), timestamptz '2026-09-15 12:00+00', 1, '{}'::jsonb
FROM numbered
JOIN banding_band band ON band.rank = 1 + (n + 2) %% 6
JOIN banding_framework framework ON framework.id = band.framework_id AND framework.code = 'invented'
WHERE n %% 10 = 1;

INSERT INTO funding_bandvalue (id, band_id, sector, annual_value, effective_from)
SELECT gen_random_uuid(), band.id, sector, 1350 * band.rank * factor + raise, from_day::date
FROM banding_band band
JOIN banding_framework framework ON framework.id = band.framework_id AND framework.code = 'invented'
CROSS JOIN (VALUES ('mainstream', 1), ('special', 2.5), ('alternative_provision', 1.2))
    AS sector_values (sector, factor)
CROSS JOIN (VALUES ('2018-09-01', 0), ('2026-04-01', 25.50), ('2026-11-01', 60))
    AS changes (from_day, raise)
WHERE from_day <> '2026-11-01' OR sector = 'special';

ANALYZE schools_pupil, schools_school, schools_placement, schools_plan, banding_banddecision, funding_bandvalue
