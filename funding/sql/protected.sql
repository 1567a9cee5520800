-- Protection beside the lines that are paid (F10), on the days a rule covers; under the whole-period
-- method if it covers the count date. What the days come to at the value of the eve of the change, and
-- at that of now, each rounded like a line; the line of protection is worked out from the two.
protected AS (
    SELECT worked.*
    FROM (
        SELECT both_paid.*,
               CASE rule_kind
                   WHEN 'floor' THEN greatest(round(share * was_paid - now_paid, 2), 0)
                   ELSE round(was_paid + share * (now_paid - was_paid), 2) - now_paid
               END AS amount,
               CASE rule_kind
                   WHEN 'floor' THEN round(share * old_annual - annual_value, 2)
                   ELSE round(old_annual + share * (annual_value - old_annual), 2) - annual_value
               END AS annual
        FROM (
            SELECT counted.*, {amount old_annual} AS was_paid, {amount annual_value} AS now_paid
            FROM (
                SELECT covered.*, last_day_paid - first_day + 1 AS days, in_year AS year_school_days,
                       {school_days first_day last_day_paid} AS school_days
                FROM (
                    SELECT priced.pupil_id, priced.school_id, priced.plan_type,
                           priced.band_framework_id, priced.band_id, priced.decision_id,
                           priced.on_roll_from, priced.on_roll_to, priced.plan_from, priced.plan_to,
                           priced.responsible_la, priced.sector, priced.annual_value,
                           rule.kind AS rule_kind, rule.share, rule.changed_on, rule.starts_on,
                           rule.ends_on, protected.annual AS old_annual,
                           CASE WHEN %(whole_period)s THEN priced.line_start
                                ELSE greatest(priced.line_start, rule.starts_on) END AS first_day,
                           CASE WHEN %(whole_period)s THEN priced.line_end
                                ELSE least(priced.line_end, rule.ends_on) END AS last_day_paid
                    FROM priced
                    JOIN funding_protectionrule rule ON rule.sector = priced.sector
                    JOIN funding_protectedpupil protected ON protected.rule_id = rule.id
                                                         AND protected.pupil_id = priced.pupil_id
                    WHERE priced.kind = 'allocation' AND priced.annual_value > 0
                      AND rule.starts_on
                          <= CASE WHEN %(whole_period)s THEN %(last_day)s ELSE priced.line_end END
                      AND rule.ends_on
                          >= CASE WHEN %(whole_period)s THEN %(first_day)s ELSE priced.line_start END
                ) covered
                LEFT JOIN school_year ON school_year.school_id = covered.school_id
            ) counted
        ) both_paid
    ) worked
    WHERE amount <> 0
)
