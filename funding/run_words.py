"""The story of a run and of its total, in words (experience.md, Run)."""

from typing import Any

from banding_portal.words import day_time, money, signed_money
from funding.choices import RunState
from funding.models import Run
from funding.section_251 import LINES
from funding.selectors.movements import PeriodComparison
from funding.selectors.runs import Section251Total

UNKNOWN = "a command"
# Short enough to stand beside a bar.
STEPS = {
    "joiners": "Joiners",
    "leavers": "Leavers",
    "bands": "Bands",
    "values": "Values",
    "dates": "Dates and share of year",
    "exceptional": "Exceptional amounts",
    "protection": "Protection",
    "adjustments": "Adjustments",
}


def story_of(run: Run) -> list[str]:
    """Who prepared, sent and published it, and when."""
    story = [f"Prepared by {run.prepared_by or UNKNOWN}, {day_time(run.prepared_at)}"]
    if run.sent_at:
        story.append(f"Sent for checking by {run.sent_by}, {day_time(run.sent_at)}")
    if run.published_at:
        story.append(f"Published by {run.published_by}, {day_time(run.published_at)}")
    return story


def said_of_draft(run: Run) -> str:
    """What the first row of a file says of a run that is not published; nothing of one that is."""
    if run.state == RunState.PUBLISHED:
        return ""
    return f"Draft, not published. Do not pay from it. Calculated {day_time(run.prepared_at)}."


def steps_of(comparison: PeriodComparison) -> list[dict[str, Any]]:
    """The steps of the waterfall, from the total before to the total now."""
    before, after = comparison.before, comparison.total
    changes = [
        {
            "label": STEPS.get(movement.reason, movement.label),
            "value": movement.amount,
            "text": signed_money(movement.amount),
            "kind": "change",
        }
        for movement in comparison.movements
    ]
    first = {"label": comparison.period.name, "value": before, "text": money(before)}
    last = {"label": "This run", "value": after, "text": money(after)}
    return [first | {"kind": "total"}, *changes, last | {"kind": "total"}]


def section_251_rows(totals: list[Section251Total]) -> list[dict[str, Any]]:
    """Each cell with its line in words."""
    return [
        {
            "words": f"{cell.line} {LINES[cell.line]}" if cell.line else "Type not known",
            "phase": cell.phase,
            "lines": cell.lines,
            "amount": cell.amount,
        }
        for cell in totals
    ]
