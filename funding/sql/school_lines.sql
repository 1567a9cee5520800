-- The lines of schools themselves (F24): lump sums, and what is missing to a minimum. A minimum keeps what
-- is due at least and what its pupils are paid; the line is the difference.
WITH decision AS ({decisions}),
{states},
{protected},
{for_school}
INSERT INTO funding_line (
    id, run_id, period_id, school_id, kind, basis, annual_value, value_from, on_roll_from, on_roll_to,
    responsible_la, "start", "end", days, period_days, numerator, denominator, amount, due_total,
    published_total, school_days, year_school_days, note,
    {copied})
SELECT md5(%(run)s::text || amount_id || first_day)::uuid,
       %(run)s, %(period)s, school_id, kind, '', annual, starts_on, starts_on, ends_on,
       '', first_day, last_day_paid, days, %(period_days)s, %(numerator)s, %(denominator)s, amount,
       CASE kind WHEN 'minimum' THEN due END, CASE kind WHEN 'minimum' THEN paid END,
       school_days, year_school_days,
       CASE kind WHEN 'minimum'
            THEN format('At least £%%s is due, less £%%s paid for pupils: £%%s a year',
                        to_char(due, 'FM999,999,990.00'), to_char(paid, 'FM999,999,990.00'),
                        to_char(annual, 'FM999,999,990.00'))
            ELSE format('%%s: £%%s a year', name, to_char(annual, 'FM999,999,990.00')) END
       || format(' from %%s, × ', to_char(starts_on, 'FMDD FMMonth YYYY'))
       || CASE WHEN %(by_school_days)s
               THEN format('%%s of %%s school days.', school_days, year_school_days)
               ELSE format('%%s/%%s × %%s of %%s days.', %(numerator)s, %(denominator)s, days,
                           %(period_days)s) END,
       {copies}
FROM (SELECT for_school.*, NULL::uuid AS pupil_id, NULL::uuid AS band_id FROM for_school) found
{copied_from}
