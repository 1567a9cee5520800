-- Which state each pupil is in from %(first_day)s to %(last_day)s (rules.md F3, B4, B9), as common
-- table expressions that the statements beside this file begin with. `decision` comes before
-- them, from banding. Both ends of every stretch of days count.

-- A day belongs to the placement that started later, then to the higher URN: each placement
-- keeps the days that none of those going before it covers.
placed AS (
    SELECT pupil_id, school_id, started, ended,
           lower(kept) AS from_day, upper(kept) - 1 AS to_day
    FROM (
        SELECT *, unnest(datemultirange(days) - coalesce(range_agg(days) OVER preferred, '{}'))
               AS kept
        FROM (
            SELECT placement.pupil_id, placement.school_id, school.urn,
                   placement."start" AS started, placement."end" AS ended,
                   daterange(greatest(placement."start", %(first_day)s),
                             least(placement."end", %(last_day)s), '[]') AS days
            FROM schools_placement placement
            JOIN schools_school school ON school.id = placement.school_id
            WHERE placement."start" <= %(last_day)s
              AND (placement."end" IS NULL OR placement."end" >= %(first_day)s)
              AND (%(only)s::uuid IS NULL OR placement.pupil_id = %(only)s::uuid)
        ) clipped
        WINDOW preferred AS (PARTITION BY pupil_id ORDER BY started DESC, urn DESC
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ) divided
),

-- An EHCP goes before SEN Support; of two of a kind the one that started later is kept.
planned AS (
    SELECT pupil_id, plan_type, started, ended,
           lower(kept) AS from_day, upper(kept) - 1 AS to_day
    FROM (
        SELECT *, unnest(datemultirange(days) - coalesce(range_agg(days) OVER preferred, '{}'))
               AS kept
        FROM (
            SELECT pupil_id, plan_type, "start" AS started, "end" AS ended,
                   daterange(greatest("start", %(first_day)s),
                             least("end", %(last_day)s), '[]') AS days
            FROM schools_plan
            WHERE "start" <= %(last_day)s AND ("end" IS NULL OR "end" >= %(first_day)s)
              AND (%(only)s::uuid IS NULL OR pupil_id = %(only)s::uuid)
        ) clipped
        WINDOW preferred AS (PARTITION BY pupil_id ORDER BY plan_type = 'EHCP' DESC, started DESC
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ) divided
),

-- The sector of each school and the authority responsible for each pupil, from which day to which:
-- each former one begins the day after the one before it ended, the last is what is so now (S11).
sectored AS (
    SELECT school_id, sector, to_day,
           coalesce(lag(to_day) OVER (PARTITION BY school_id ORDER BY to_day) + 1, '-infinity')
           AS from_day
    FROM (
        SELECT school_id, sector, until AS to_day FROM schools_formersector
        UNION ALL
        SELECT id, sector, 'infinity'::date FROM schools_school
    ) entry
),

responsible AS (
    SELECT pupil_id, la_code, to_day,
           coalesce(lag(to_day) OVER (PARTITION BY pupil_id ORDER BY to_day) + 1, '-infinity')
           AS from_day
    FROM (
        SELECT pupil_id, value AS la_code, until AS to_day
        FROM schools_formerfact WHERE kind = 'responsible_la'
        UNION ALL
        SELECT id, responsible_la, 'infinity'::date FROM schools_pupil
    ) entry
),

-- The framework that pays in each sector; none before the first entry, so that any does.
paying AS (
    SELECT sector, framework_id, from_day,
           coalesce(lead(from_day) OVER (PARTITION BY sector ORDER BY from_day) - 1, 'infinity')
           AS to_day
    FROM (
        SELECT sector, framework_id, effective_from AS from_day FROM funding_fundingpolicy
        UNION ALL
        SELECT DISTINCT sector, NULL::uuid, '-infinity'::date FROM sectored
    ) entry
),

-- At one school of one sector, on one plan, with one framework paying and one authority responsible.
-- Days that belong to an arrangement nobody is paid for (S14) are nobody's.
based AS (
    SELECT placed.pupil_id, placed.school_id, sectored.sector, planned.plan_type,
           paying.framework_id, responsible.la_code AS responsible_la,
           placed.started AS on_roll_from, placed.ended AS on_roll_to,
           school.la_code AS school_la,
           planned.started AS plan_from, planned.ended AS plan_to,
           greatest(placed.from_day, planned.from_day, sectored.from_day, paying.from_day,
                    responsible.from_day) AS from_day,
           least(placed.to_day, planned.to_day, sectored.to_day, paying.to_day,
                 responsible.to_day) AS to_day
    FROM placed
    JOIN planned ON planned.pupil_id = placed.pupil_id
                AND planned.from_day <= placed.to_day AND planned.to_day >= placed.from_day
    JOIN schools_school school ON school.id = placed.school_id AND school.is_paid
    JOIN sectored ON sectored.school_id = placed.school_id
    JOIN paying ON paying.sector = sectored.sector
    JOIN responsible ON responsible.pupil_id = placed.pupil_id
    WHERE greatest(placed.from_day, planned.from_day, sectored.from_day, paying.from_day,
                   responsible.from_day)
          <= least(placed.to_day, planned.to_day, sectored.to_day, paying.to_day,
                   responsible.to_day)
),

-- And on one agreed band: each counting decision holds until the next one takes effect. `position`
-- 1 is the first of its stretch, where days before it are without a band.
banded AS (
    SELECT based.*, decision.id AS decision_id, decision.band_id,
           decision.effective_from AS band_from,
           lead(decision.effective_from) OVER stretch - 1 AS band_to,
           row_number() OVER stretch AS position
    FROM based
    LEFT JOIN decision ON decision.pupil_id = based.pupil_id
                      AND decision.effective_from <= based.to_day
                      AND (based.framework_id IS NULL OR decision.framework_id = based.framework_id)
                      AND (based.plan_type = 'EHCP' OR decision.settled)
    WINDOW stretch AS (PARTITION BY based.pupil_id, based.from_day
                       ORDER BY decision.effective_from, decision.moderated,
                                decision.submitted_at, decision.id)
),

-- What each band is worth in each sector; from -infinity to its first value, nothing known.
worth AS (
    SELECT band_id, sector, annual_value, from_day,
           coalesce(lead(from_day) OVER (PARTITION BY band_id, sector ORDER BY from_day) - 1,
                    'infinity') AS to_day
    FROM (
        SELECT band_id, sector, annual_value, effective_from AS from_day FROM funding_bandvalue
        UNION ALL
        SELECT DISTINCT band_id, sector, NULL::numeric, '-infinity'::date FROM funding_bandvalue
    ) entry
),

-- A rate of a school's own takes the place of its sector's on its days (F24): for each school that has
-- one, in each sector it is or was in, what the band is worth there from which day to which.
own_worth AS (
    SELECT cut.band_id, cut.sector, cut.school_id, cut.from_day,
           CASE WHEN rate.id IS NULL THEN worth.annual_value ELSE rate.annual END AS annual_value,
           CASE WHEN rate.id IS NULL THEN nullif(worth.from_day, '-infinity')
                ELSE rate.starts_on END AS value_from,
           coalesce(lead(cut.from_day) OVER (PARTITION BY cut.band_id, cut.sector, cut.school_id
                                             ORDER BY cut.from_day) - 1, 'infinity') AS to_day
    FROM (
        SELECT DISTINCT own.band_id, sectored.sector, own.school_id, cuts.from_day
        FROM funding_schoolamount own
        JOIN sectored ON sectored.school_id = own.school_id
        LEFT JOIN worth known ON known.band_id = own.band_id AND known.sector = sectored.sector
        CROSS JOIN LATERAL (
            VALUES ('-infinity'::date), (own.starts_on), (own.ends_on + 1), (known.from_day)
        ) cuts (from_day)
        WHERE own.kind = 'rate' AND cuts.from_day IS NOT NULL
    ) cut
    LEFT JOIN funding_schoolamount rate
           ON rate.kind = 'rate' AND rate.school_id = cut.school_id AND rate.band_id = cut.band_id
          AND cut.from_day BETWEEN rate.starts_on AND coalesce(rate.ends_on, 'infinity')
    LEFT JOIN worth ON worth.band_id = cut.band_id AND worth.sector = cut.sector
                   AND cut.from_day BETWEEN worth.from_day AND worth.to_day
),

worth_at AS (
    SELECT band_id, sector, NULL::uuid AS at_school, annual_value,
           nullif(from_day, '-infinity') AS value_from, from_day, to_day
    FROM worth
    UNION ALL
    SELECT band_id, sector, school_id, annual_value, value_from, from_day, to_day FROM own_worth
),

valued AS (
    SELECT banded.*, worth.annual_value, worth.value_from,
           greatest(banded.from_day, banded.band_from, worth.from_day) AS state_from,
           least(banded.to_day, banded.band_to, worth.to_day) AS state_to
    FROM banded
    LEFT JOIN (
        SELECT DISTINCT school_id, band_id FROM funding_schoolamount WHERE kind = 'rate'
    ) own ON own.school_id = banded.school_id AND own.band_id = banded.band_id
    LEFT JOIN worth_at worth
                    ON worth.band_id = banded.band_id AND worth.sector = banded.sector
                   AND worth.at_school IS NOT DISTINCT FROM own.school_id
                   AND worth.from_day <= least(banded.to_day, banded.band_to)
                   AND worth.to_day >= greatest(banded.from_day, banded.band_from)
    WHERE banded.decision_id IS NOT NULL
      AND banded.band_from <= least(banded.to_day, banded.band_to)
      AND greatest(banded.from_day, banded.band_from) <= least(banded.to_day, banded.band_to)
),

-- Neighbouring days in one state are one stretch, whatever rows lie behind them; the facts kept
-- are those of its first day.
marked AS (
    SELECT *,
           lag(state_to) OVER days AS previous_day,
           max(state_to) OVER (PARTITION BY pupil_id) AS final_day,
           (lag(state_to) OVER days = state_from - 1
            AND lag(school_id) OVER days = school_id
            AND lag(plan_type) OVER days = plan_type
            AND lag(band_id) OVER days = band_id
            AND lag(responsible_la) OVER days = responsible_la
            AND lag(annual_value) OVER days IS NOT DISTINCT FROM annual_value) IS TRUE AS continues
    FROM valued
    WINDOW days AS (PARTITION BY pupil_id ORDER BY state_from)
),

state AS (
    SELECT *, coalesce(lead(previous_day) OVER (PARTITION BY pupil_id ORDER BY state_from),
                       final_day) AS last_day
    FROM marked
    WHERE NOT continues
),

-- Under the whole-period method the day looked at is the count date and the line is the whole
-- period (F4). Another authority's pupil is for information, a band without a value has no
-- amount (F6).
dated AS (
    SELECT state.*, band.framework_id AS band_framework_id,
           CASE WHEN %(whole_period)s THEN %(period_start)s ELSE state.state_from END AS line_start,
           CASE WHEN %(whole_period)s THEN %(period_end)s ELSE state.last_day END AS line_end,
           CASE WHEN state.responsible_la <> %(la_code)s THEN 'other_la'
                WHEN state.annual_value IS NULL THEN 'unvalued'
                ELSE 'allocation' END AS kind
    FROM state
    JOIN banding_band band ON band.id = state.band_id
),

year_day AS (
    SELECT %(year_start)s + place AS day
    FROM generate_series(0, %(year_end)s - %(year_start)s) place
    WHERE %(by_school_days)s
),

-- Of each school, by the places of the days of the financial year, the school days up to each: its own
-- days before those of the authority (F5). Empty under the other methods.
school_year AS (
    SELECT school_id, counts, nullif(counts[%(year_end)s - %(year_start)s + 1], 0) AS in_year
    FROM (
        SELECT school.id AS school_id, coalesce(own.counts, general.counts) AS counts
        FROM schools_school school
        CROSS JOIN (
            SELECT array_agg(upto ORDER BY day) AS counts
            FROM (
                SELECT day, count(*) FILTER (WHERE is_school_day) OVER (ORDER BY day) AS upto
                FROM year_day
                LEFT JOIN funding_schoolday ON school_id IS NULL AND "date" = day
            ) counted
        ) general
        LEFT JOIN (
            SELECT school_id, array_agg(upto ORDER BY day) AS counts
            FROM (
                SELECT differing.school_id, day,
                       count(*) FILTER (WHERE coalesce(its.is_school_day, general.is_school_day))
                           OVER (PARTITION BY differing.school_id ORDER BY day) AS upto
                FROM (
                    SELECT DISTINCT school_id FROM funding_schoolday
                    JOIN year_day ON day = "date" WHERE school_id IS NOT NULL
                ) differing
                CROSS JOIN year_day
                LEFT JOIN funding_schoolday its ON its.school_id = differing.school_id
                                               AND its."date" = day
                LEFT JOIN funding_schoolday general ON general.school_id IS NULL
                                                   AND general."date" = day
            ) counted
            GROUP BY school_id
        ) own ON own.school_id = school.id
        WHERE %(by_school_days)s
    ) counted
),

-- Rounded once, on the line; the division comes last (F3, F4, F5). For another authority's pupil at a
-- school in this one's area a claim is kept, worked out likewise and in no total (F16).
priced AS (
    SELECT counted.*,
           CASE kind
               WHEN 'other_la' THEN 0
               WHEN 'allocation' THEN {amount annual_value}
           END AS amount,
           CASE WHEN kind = 'other_la' AND school_la = %(la_code)s THEN {amount annual_value}
           END AS claim
    FROM (
        SELECT dated.*, line_end - line_start + 1 AS days, in_year AS year_school_days,
               {school_days line_start line_end} AS school_days
        FROM dated
        LEFT JOIN school_year ON school_year.school_id = dated.school_id
    ) counted
),

-- What is agreed for a pupil beside the band (B11), on the days of a line of the authority's own; under
-- the whole-period method if it covers the count date. Rounded once, on a line of its own.
agreed AS (
    SELECT pupil_id, id AS amount_id, amount AS extra, starts_on, ends_on
    FROM ({amounts}) AS found (pupil_id, id, amount, starts_on, ends_on)
),

exceptional AS (
    SELECT counted.*, {amount extra} AS amount
    FROM (
        SELECT paid.*, last_day_paid - first_day + 1 AS days, in_year AS year_school_days,
               {school_days first_day last_day_paid} AS school_days
        FROM (
            SELECT priced.pupil_id, priced.school_id, priced.plan_type, priced.band_framework_id,
                   priced.band_id, priced.decision_id, priced.on_roll_from, priced.on_roll_to,
                   priced.plan_from, priced.plan_to, priced.responsible_la, priced.sector,
                   agreed.amount_id, agreed.extra, agreed.starts_on,
                   CASE WHEN %(whole_period)s THEN priced.line_start
                        ELSE greatest(priced.line_start, agreed.starts_on) END AS first_day,
                   CASE WHEN %(whole_period)s THEN priced.line_end
                        ELSE least(priced.line_end, agreed.ends_on) END AS last_day_paid
            FROM priced
            JOIN agreed ON agreed.pupil_id = priced.pupil_id
            WHERE priced.kind <> 'other_la'
              AND agreed.starts_on
                  <= CASE WHEN %(whole_period)s THEN %(last_day)s ELSE priced.line_end END
              AND (agreed.ends_on IS NULL OR agreed.ends_on
                   >= CASE WHEN %(whole_period)s THEN %(first_day)s ELSE priced.line_start END)
        ) paid
        LEFT JOIN school_year ON school_year.school_id = paid.school_id
    ) counted
)
