-- The lines of recoveries by instalments (F25), worked out in `funding/calculation/recovering.py`.
INSERT INTO funding_line (
    id, run_id, period_id, school_id, kind, basis, responsible_la, "start", "end", days, period_days,
    numerator, denominator, amount, due_total, published_total, recovers_id, instalment, instalments,
    note,
    {copied})
SELECT md5(%(run)s::text || agreement || number)::uuid,
       %(run)s, %(period)s, school_id, 'recovery', '', '', %(period_start)s, %(period_end)s,
       %(period_days)s, %(period_days)s, %(numerator)s, %(denominator)s, amount, total, before,
       agreement, number, instalments, said,
       {copies}
FROM (
    SELECT part.*, school.sector, NULL::uuid AS pupil_id, NULL::uuid AS band_id
    FROM unnest(%(agreements)s::uuid[], %(schools)s::uuid[], %(numbers)s::int[], %(counts)s::int[],
                %(amounts)s::numeric[], %(totals)s::numeric[], %(befores)s::numeric[],
                %(sentences)s::text[])
         AS part (agreement, school_id, number, instalments, amount, total, before, said)
    JOIN schools_school school ON school.id = part.school_id
) found
{copied_from}
