-- The lines of a run, in one statement. A pupil has one line from a day on, so the line's id is made of that: calculating again keeps it.
WITH decision AS ({decisions}),
{states},
new_lines AS (
    INSERT INTO funding_line (
        id, run_id, period_id, pupil_id, school_id, kind, basis, framework_id, band_id,
        decision_id, annual_value, value_from, on_roll_from, on_roll_to, plan_from, plan_to,
        responsible_la, "start", "end", days, period_days, numerator, denominator, amount, note,
        {copied})
    SELECT md5(%(run)s::text || %(period)s || pupil_id || line_start)::uuid,
           %(run)s, %(period)s, pupil_id, school_id, kind, plan_type,
           band_framework_id, band_id, decision_id, annual_value, value_from, on_roll_from,
           on_roll_to, plan_from, plan_to, responsible_la, line_start, line_end, days, %(period_days)s,
           %(numerator)s, %(denominator)s, amount, '',
           {copies}
    FROM priced
    {copied_from}
)
INSERT INTO funding_line (
    id, run_id, period_id, pupil_id, school_id, kind, basis, framework_id, band_id,
    decision_id, annual_value, value_from, on_roll_from, on_roll_to, plan_from, plan_to,
    responsible_la, "start", "end", days, period_days, numerator, denominator, amount, note,
    {copied})
SELECT md5(%(run)s::text || amount_id || first_day)::uuid,
       %(run)s, %(period)s, pupil_id, school_id, 'exceptional', plan_type,
       band_framework_id, band_id, decision_id, extra, starts_on, on_roll_from,
       on_roll_to, plan_from, plan_to, responsible_la, first_day, last_day_paid, days,
       %(period_days)s, %(numerator)s, %(denominator)s, amount,
       format('£%%s a year agreed beside the band from %%s, × %%s/%%s × %%s of %%s days.',
              to_char(extra, 'FM999,999,990.00'), to_char(starts_on, 'FMDD FMMonth YYYY'),
              %(numerator)s, %(denominator)s, days, %(period_days)s),
       {copies}
FROM exceptional
{copied_from}
