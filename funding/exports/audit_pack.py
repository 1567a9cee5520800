"""All that an auditor needs to re-perform a run, in one zip (rules.md F7, F9)."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from banding_portal.csv_text import as_text
from banding_portal.words import day_time
from funding.exports.audit_changes import (
    POLICY_HEADINGS,
    RUN_HEADINGS,
    policy_until,
    steps_of_run,
)
from funding.models import Run
from funding.run_words import story_of
from funding.selectors.line_files import write_lines
from funding.selectors.run_page import exceptions_to_read
from funding.selectors.verifying import Verification

CONTENTS = {
    "lines.csv": "The lines. Its SHA-256 is that of the lines.",
    "facts.csv": "The facts that each line was worked out from, as they were then.",
    "exceptions.csv": "What had to be looked at, who cleared it, when and why.",
    "run.csv": "Every step of the run, who took it and when: also what was sent back.",
    "policy.csv": "Calendars, values, policies, protection and amounts of schools, who set each.",
    "READ ME.txt": "Who did what, the hashes, and how to perform the run again.",
}
HOW = """\
{authority}
{period} ({code}), run {sequence}: {state}

Who did what
{story}

What is in this pack
lines.csv        the lines; its SHA-256 is that of the lines below
facts.csv        the facts that each line was worked out from, as they were then
exceptions.csv   what had to be looked at, who cleared it, when and why
run.csv          every step of the run, who took it and when
policy.csv       calendars, values, policies, protection, amounts of schools: who set each, when

How to perform it again
1. `sha256sum lines.csv` gives the SHA-256 of the lines.
2. The amounts of the kinds allocation, adjustment, protection, exceptional, lump_sum, minimum and
   recovery in lines.csv add up to the control total.
3. For each row of facts.csv of the kinds allocation, exceptional and lump_sum the amount is
   annual_value x numerator x days / (denominator x period_days), rounded half up to the penny,
   once. Where school_days is filled in it is annual_value x school_days / year_school_days.
4. Each adjustment is about the days that differ: annual_value is due on them now, was_annual was
   published. Its amount is annual_value less was_annual for its days, like the others. All of a
   pupil, school and period add up to due_total less published_total, which the lines of the runs
   published before add up to; pennies of rounding are in the largest.
5. Protection stands beside an allocation. Its days come to one amount at was_annual, to another at
   the annual_value of the allocation, each rounded. A floor is share x the first less the second,
   never below nothing; phased in it is the first and share x the change, less the second.
6. A claim is annual_value for the days of another authority’s pupil, in no total.
7. A minimum is annual_value for its days (due_total) less what the lines of the school’s pupils of
   the kinds allocation, exceptional and protection come to (published_total), never below nothing.
8. Of a recovery instalment 0 gives back what the adjustments of the school take (due_total). Each
   other one takes due_total / instalments, rounded down, the last all that is left after
   published_total.
9. `verify_run --run {run}` does all of this and ends with 1 on any difference.

Control total            {control_total}
SHA-256 of the lines     {lines_hash}
SHA-256 of the inputs    {inputs_hash}
{outcome}
"""
FACTS = (
    *("reference", "urn", "school_name", "kind", "basis", "framework_code", "band_code"),
    *("annual_value", "value_from", "on_roll_from", "on_roll_to", "plan_from", "plan_to"),
    *("responsible_la", "start", "end", "days", "period_days", "numerator", "denominator"),
    *("amount", "school_days", "year_school_days", "note", "was_annual", "was_band"),
    *("due_total", "published_total", "protected_as", "share", "claim"),
    *("cause", "cause_said", "cause_by", "cause_at", "instalment", "instalments"),
)
EXCEPTIONS = (
    *("kind", "pupil_id", "school_urn", "other_school_urn", "from", "to", "earlier_period"),
    *("cleared_by", "cleared_at", "reason"),
)


def write_pack(verification: Verification, path: Path) -> None:
    """Write the zip; the same run gives the same bytes."""
    run = verification.run
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        _add(pack, run, "READ ME.txt", _how(verification).encode())
        lines = io.BytesIO()
        write_lines(run.pk, lines)
        _add(pack, run, "lines.csv", lines.getvalue())
        facts = run.lines.order_by("reference", "start", "period__start", "kind", "urn")
        _add(pack, run, "facts.csv", _csv(FACTS, facts.values_list(*FACTS).iterator(5000)))
        _add(pack, run, "exceptions.csv", _csv(EXCEPTIONS, _exceptions(run)))
        _add(pack, run, "run.csv", _csv(RUN_HEADINGS, steps_of_run(run)))
        _add(pack, run, "policy.csv", _csv(POLICY_HEADINGS, policy_until(run)))


def _how(verification: Verification) -> str:
    run = verification.run
    outcome = "\n".join(verification.differences) or "Performed again without any difference."
    return HOW.format(
        authority=settings.LA_NAME,
        period=run.period.name,
        code=run.period.code,
        sequence=run.sequence,
        state=run.get_state_display(),
        story="\n".join(story_of(run)),
        run=run.pk,
        control_total=run.control_total,
        lines_hash=run.lines_hash,
        inputs_hash=run.inputs_hash,
        outcome=outcome,
    )


def _exceptions(run: Run) -> Iterable[Sequence[Any]]:
    for each in exceptions_to_read(run).order_by("kind", "pupil__reference", "start", "pk"):
        yield (
            each.kind,
            each.reference,
            each.school.urn if each.school else "",
            each.other_school.urn if each.other_school else "",
            each.start,
            each.end,
            each.earlier_period.code if each.earlier_period else "",
            each.cleared_by or "",
            day_time(each.cleared_at) if each.cleared_at else "",
            each.cleared_reason,
        )


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([as_text(each) if isinstance(each, str) else each for each in row])
    return text.getvalue().encode()


def _add(pack: zipfile.ZipFile, run: Run, name: str, content: bytes) -> None:
    made = (run.published_at or run.prepared_at).timetuple()[:6]
    pack.writestr(zipfile.ZipInfo(name, made), content, zipfile.ZIP_DEFLATED)
