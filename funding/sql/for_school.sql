-- What schools are paid beside their pupils (F24), on the days the register has them open: lump sums, and
-- what is missing to a minimum that holds for the whole period. The minimum looks at what is paid for the
-- school's pupils, protection and what is agreed beside bands included, lump sums left out.
for_pupils AS (
    SELECT school_id, sum(amount) AS amount
    FROM (
        SELECT school_id, amount FROM priced WHERE kind = 'allocation'
        UNION ALL
        SELECT school_id, amount FROM exceptional
        UNION ALL
        SELECT school_id, amount FROM protected
    ) each
    GROUP BY school_id
),
for_school AS (
    SELECT *
    FROM (
        SELECT worked.*,
               CASE kind WHEN 'minimum' THEN greatest(due - paid, 0) ELSE due END AS amount
        FROM (
            SELECT counted.*, coalesce(for_pupils.amount, 0) AS paid, {amount annual} AS due
            FROM (
                SELECT covered.*, last_day_paid - first_day + 1 AS days,
                       in_year AS year_school_days,
                       {school_days first_day last_day_paid} AS school_days
                FROM (
                    SELECT open.*, sectored.sector,
                           CASE WHEN %(whole_period)s THEN %(period_start)s
                                ELSE greatest(open_from, %(period_start)s) END AS first_day,
                           CASE WHEN %(whole_period)s THEN %(period_end)s
                                ELSE least(open_until, %(period_end)s) END AS last_day_paid
                    FROM (
                        SELECT given.id AS amount_id, given.school_id, given.kind, given.name,
                               given.annual, given.starts_on, given.ends_on,
                               greatest(given.starts_on, school.opened_on) AS open_from,
                               least(given.ends_on, school.closed_on) AS open_until
                        FROM funding_schoolamount given
                        JOIN schools_school school ON school.id = given.school_id
                        WHERE given.kind <> 'rate' AND school.is_paid
                          AND NOT (school.status = 'closed' AND school.closed_on IS NULL)
                          AND %(only)s::uuid IS NULL
                    ) open
                    JOIN sectored ON sectored.school_id = open.school_id
                                 AND greatest(open_from, %(first_day)s)
                                     BETWEEN sectored.from_day AND sectored.to_day
                    WHERE open_from <= %(last_day)s
                      AND (open_until IS NULL OR open_until >= %(first_day)s)
                      AND (kind = 'lump_sum' OR open_from <= %(first_day)s
                           AND (open_until IS NULL OR open_until >= %(last_day)s))
                ) covered
                LEFT JOIN school_year ON school_year.school_id = covered.school_id
            ) counted
            LEFT JOIN for_pupils ON for_pupils.school_id = counted.school_id
        ) worked
    ) found
    WHERE amount <> 0
)
