-- The run's own expressions over other tables of the same name (see caseloads.py); `states.sql` and
-- `unbanded.sql` beside this file end it. Reads only.
WITH funding_fundingpolicy AS (
    SELECT candidate.sector, %(framework)s::uuid AS framework_id, candidate.begins AS effective_from
    FROM unnest(%(begin_in)s::text[], %(begin_on)s::date[]) AS candidate (sector, begins)
    UNION ALL
    SELECT policy.sector, policy.framework_id, policy.effective_from
    FROM funding_fundingpolicy policy
    WHERE NOT EXISTS (
        SELECT FROM unnest(%(begin_in)s::text[], %(begin_on)s::date[]) AS candidate (sector, begins)
        WHERE candidate.sector = policy.sector AND candidate.begins <= policy.effective_from
    )
),
funding_bandvalue AS (
    SELECT band.id AS band_id, sectors.sector, sectors.place::numeric AS annual_value,
           '0001-01-01'::date AS effective_from
    FROM banding_band band
    CROSS JOIN unnest(%(sectors)s::text[]) WITH ORDINALITY AS sectors (sector, place)
),
-- What single schools are paid otherwise stands outside a scenario (F14).
funding_schoolamount AS (
    SELECT * FROM funding_schoolamount WHERE false
),
decision AS ({decisions}),
{states}
