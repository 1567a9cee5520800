"""Every remittance of a run in one zip: a page for each payee, and a list of them (F17)."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from banding_portal.csv_text import as_text
from banding_portal.jobs.results import Progress, silent
from banding_portal.refusals import RefusalError
from banding_portal.words import money
from funding.models import Run
from funding.run_words import said_of_draft
from funding.selectors.remittances import Remittance, payees_of, remittances_of

HEADINGS = ("Payee", "Name", "Schools", "Lines", "Amount", "File")
STYLE = Path(__file__).parent / "remittance.css"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a zip holds: remittances, lines, and their total in pounds."""

    payees: int
    lines: int
    total: Decimal


def write_remittances(run: Run, file: IO[bytes], progress: Progress = silent) -> Packed:
    """Write the zip into a file open for writing; the same run gives the same bytes.

    `progress` counts payees. Raises RefusalError where the remittances do not add up to the
    control total.
    """
    count = payees_of(run).count()
    rows: list[tuple[Any, ...]] = []
    lines, total = 0, Decimal("0.00")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, remittance in enumerate(remittances_of(run), start=1):
            progress(place - 1, count)
            name = page_name(run, remittance, place)
            _add(packed, run, f"remittances/{name}", page_of(run, remittance).encode())
            what = (remittance.payee, remittance.name, len(remittance.parts), remittance.lines)
            rows.append((*what, remittance.total, name))
            lines, total = lines + remittance.lines, total + remittance.total
        _add(packed, run, "payees.csv", _list(run, rows))
    control_total = Run.objects.values_list("control_total", flat=True).get(pk=run.pk)
    if total != control_total:
        raise RefusalError(
            f"The files were not made: the remittances add up to {money(total)}, but the control "
            f"total is {money(control_total)}. The run may have been calculated again."
        )
    progress(count, count)
    return Packed(len(rows), lines, total)


def page_of(run: Run, remittance: Remittance) -> str:
    """A page that stands alone: it can be opened, printed and sent without the portal."""
    about = {
        "run": run,
        "remittance": remittance,
        "LA_NAME": settings.LA_NAME,
        "draft": said_of_draft(run),
        # In the page itself: whoever gets it has no style sheet of ours.
        "style": mark_safe(f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"),  # noqa: S308
    }
    return render_to_string("funding/remittance_file.html", about)


def page_name(run: Run, remittance: Remittance, place: int) -> str:
    """Like 0007-2026-autumn-run-1-V1042.html: in order, and no two alike."""
    payee = NOT_IN_A_NAME.sub("-", remittance.payee).strip("-")
    return f"{place:04}-{run.period.code}-run-{run.sequence}-{payee}.html"


def zip_name(run: Run) -> str:
    """Like remittances-2026-autumn-run-1.zip, with “draft” until it is published."""
    of_draft = "-draft" if said_of_draft(run) else ""
    return f"remittances-{run.period.code}-run-{run.sequence}{of_draft}.zip"


def _list(run: Run, rows: list[tuple[Any, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if said := said_of_draft(run):
        writer.writerow([said])
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([as_text(each) if isinstance(each, str) else each for each in row])
    return text.getvalue().encode()


def _add(packed: zipfile.ZipFile, run: Run, name: str, content: bytes) -> None:
    made = (run.published_at or run.prepared_at).timetuple()[:6]
    packed.writestr(zipfile.ZipInfo(name, made), content, zipfile.ZIP_DEFLATED)
