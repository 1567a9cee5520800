-- Why a run differs from the period before it, from stored lines alone. For a pupil in both:
--   share    how much of a year is paid: fraction x days / days in the period, or its school days
--   earned   annual value x share; kept is the same at the values the period before it ended with
-- The change of the rate is the bands' as far as it shows at the old values, else the values'.
-- What is left over, days and fractions, is the dates'. Of all schools, or of one at the values of all.
WITH line AS (
    SELECT line.run_id = %(run)s AS is_new, line.pupil_id, line.school_id, line.band_id,
           school.sector,
           line."start", line.amount, coalesce(line.annual_value, 0) AS annual,
           coalesce(line.school_days::numeric / line.year_school_days,
                    line.numerator::numeric * line.days / (line.denominator * line.period_days))
           AS share
    FROM funding_line line
    JOIN schools_school school ON school.id = line.school_id
    WHERE line.kind IN ('allocation', 'unvalued')
      AND line.run_id IN (%(run)s, %(before)s)
      AND line.band_id IS NOT NULL
),
old_value AS (
    SELECT DISTINCT ON (band_id, sector) band_id, sector, annual
    FROM line WHERE NOT is_new
    ORDER BY band_id, sector, "start" DESC, annual DESC
),
pupil AS (
    SELECT pupil_id,
           count(*) FILTER (WHERE NOT is_new) > 0 AS was,
           count(*) FILTER (WHERE is_new) > 0 AS stays,
           coalesce(sum(amount) FILTER (WHERE NOT is_new), 0) AS old_amount,
           coalesce(sum(amount) FILTER (WHERE is_new), 0) AS new_amount,
           sum(share) FILTER (WHERE is_new) AS new_share,
           sum(line.annual * share) FILTER (WHERE is_new)
               / nullif(sum(share) FILTER (WHERE is_new), 0) AS new_rate,
           sum(coalesce(old_value.annual, line.annual) * share) FILTER (WHERE is_new)
               / nullif(sum(share) FILTER (WHERE is_new), 0) AS new_rate_kept,
           sum(line.annual * share) FILTER (WHERE NOT is_new)
               / nullif(sum(share) FILTER (WHERE NOT is_new), 0) AS old_rate,
           sum(coalesce(old_value.annual, line.annual) * share) FILTER (WHERE NOT is_new)
               / nullif(sum(share) FILTER (WHERE NOT is_new), 0) AS old_rate_kept
    FROM line
    LEFT JOIN old_value USING (band_id, sector)
    WHERE %(school)s::uuid IS NULL OR line.school_id = %(school)s::uuid
    GROUP BY pupil_id
)
SELECT coalesce(sum(new_amount) FILTER (WHERE NOT was), 0),
       coalesce(-sum(old_amount) FILTER (WHERE NOT stays), 0),
       coalesce(round(sum(new_share * (new_rate_kept - old_rate_kept))
                      FILTER (WHERE was AND stays), 2), 0),
       coalesce(round(sum(new_share * (new_rate - new_rate_kept + old_rate_kept - old_rate))
                      FILTER (WHERE was AND stays), 2), 0),
       coalesce(sum(new_amount - old_amount) FILTER (WHERE was AND stays), 0)
FROM pupil
