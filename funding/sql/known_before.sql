-- What was an exception of a published period already, and was cleared then, is not asked again.
DELETE FROM funding_runexception found
USING funding_runexception known, funding_run run
WHERE found.run_id = %(run)s AND found.earlier_period_id = %(period)s
  AND run.id = known.run_id AND run.state = 'published'
  AND coalesce(known.earlier_period_id, run.period_id) = %(period)s
  AND known.kind = found.kind AND known.pupil_id = found.pupil_id
  AND known.school_id IS NOT DISTINCT FROM found.school_id
  AND known.other_school_id IS NOT DISTINCT FROM found.other_school_id
  AND known."start" = found."start" AND known."end" = found."end"
