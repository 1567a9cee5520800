-- The lines of a run, in one statement: what bands are worth, what is agreed beside them, protection. A pupil has one line from a day on, so the line's id is made of that: calculating again keeps it.
WITH decision AS ({decisions}),
{states},
{protected},
new_lines AS (
    INSERT INTO funding_line (
        id, run_id, period_id, pupil_id, school_id, kind, basis, framework_id, band_id,
        decision_id, annual_value, value_from, on_roll_from, on_roll_to, plan_from, plan_to,
        responsible_la, "start", "end", days, period_days, numerator, denominator, amount,
        claim, school_days, year_school_days, note,
        {copied})
    SELECT md5(%(run)s::text || %(period)s || pupil_id || line_start)::uuid,
           %(run)s, %(period)s, pupil_id, school_id, kind, plan_type,
           band_framework_id, band_id, decision_id, annual_value, value_from, on_roll_from,
           on_roll_to, plan_from, plan_to, responsible_la, line_start, line_end, days, %(period_days)s,
           %(numerator)s, %(denominator)s, amount, claim, school_days, year_school_days, '',
           {copies}
    FROM priced
    {copied_from}
),
new_extras AS (
    INSERT INTO funding_line (
        id, run_id, period_id, pupil_id, school_id, kind, basis, framework_id, band_id,
        decision_id, annual_value, value_from, on_roll_from, on_roll_to, plan_from, plan_to,
        responsible_la, "start", "end", days, period_days, numerator, denominator, amount,
        school_days, year_school_days, note,
        {copied})
    SELECT md5(%(run)s::text || amount_id || first_day)::uuid,
           %(run)s, %(period)s, pupil_id, school_id, 'exceptional', plan_type,
           band_framework_id, band_id, decision_id, extra, starts_on, on_roll_from,
           on_roll_to, plan_from, plan_to, responsible_la, first_day, last_day_paid, days,
           %(period_days)s, %(numerator)s, %(denominator)s, amount, school_days, year_school_days,
           format('£%%s a year agreed beside the band from %%s, × ',
                  to_char(extra, 'FM999,999,990.00'), to_char(starts_on, 'FMDD FMMonth YYYY'))
           || CASE WHEN %(by_school_days)s
                   THEN format('%%s of %%s school days.', school_days, year_school_days)
                   ELSE format('%%s/%%s × %%s of %%s days.', %(numerator)s, %(denominator)s, days,
                               %(period_days)s) END,
           {copies}
    FROM exceptional
    {copied_from}
)
INSERT INTO funding_line (
    id, run_id, period_id, pupil_id, school_id, kind, basis, framework_id, band_id,
    decision_id, annual_value, was_annual, value_from, on_roll_from, on_roll_to, plan_from, plan_to,
    responsible_la, "start", "end", days, period_days, numerator, denominator, amount,
    protected_as, share, school_days, year_school_days, note,
    {copied})
SELECT md5(%(run)s::text || 'protection' || pupil_id || first_day)::uuid,
       %(run)s, %(period)s, pupil_id, school_id, 'protection', plan_type,
       band_framework_id, band_id, decision_id, annual, old_annual, starts_on, on_roll_from,
       on_roll_to, plan_from, plan_to, responsible_la, first_day, last_day_paid, days,
       %(period_days)s, %(numerator)s, %(denominator)s, amount, rule_kind, share, school_days,
       year_school_days,
       format(CASE rule_kind
                  WHEN 'floor' THEN '%%s%%%% of £%%s, which these days came to before %%s, less £%%s '
                                    'paid. Until %%s.'
                  ELSE '%%s%%%% of the change from £%%s, which these days came to before %%s, to £%%s '
                       'is paid. Until %%s.' END,
              rtrim(to_char(share * 100, 'FM990.99'), '.'),
              to_char(was_paid, 'FM999,999,990.00'), to_char(changed_on, 'FMDD FMMonth YYYY'),
              to_char(now_paid, 'FM999,999,990.00'), to_char(ends_on, 'FMDD FMMonth YYYY')),
       {copies}
FROM protected
{copied_from}
