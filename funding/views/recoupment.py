"""Claims between authorities: the page of a run, the schedule and the letter (rules.md F16)."""

from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from banding_portal.pages import Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from funding.choices import StatementFormat
from funding.exports.recoupment import recoupment_file_name, write_recoupment
from funding.exports.schedule import CONTENT_TYPES
from funding.models import Run
from funding.selectors.recoupment import (
    claims_of_others,
    claims_on_others,
    in_order,
    lines_claimed,
    total_of,
)
from funding.views.finding import AboutRun


class Recoupment(AboutRun, Page[Run]):
    """What is claimed from each authority, and what each may claim."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/recoupment.html"

    def context(self) -> dict[str, Any]:
        ours, theirs = claims_on_others(self.found), claims_of_others(self.found)
        return {
            "run": self.found,
            "ours": ours,
            "total": total_of(ours),
            "theirs": theirs,
            "theirs_total": total_of(theirs),
        }


class RecoupmentDownload(AboutRun):
    """Both ways, line by line, as CSV or Excel."""

    allowed_roles = FUNDING_READERS

    def back_url(self) -> str:
        return reverse("funding:recoupment", args=[self.found.pk])

    def get(self, *args: Any, form: str, **kwargs: Any) -> HttpResponseBase:
        if form not in StatementFormat.values:
            raise Http404
        file = TemporaryFile()  # noqa: SIM115
        try:
            write_recoupment(self.found, form, file)
        except RefusalError as refusal:
            file.close()
            return self.refused(refusal)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=recoupment_file_name(self.found, form),
            content_type=CONTENT_TYPES[StatementFormat(form)],
        )


class RecoupmentLetter(AboutRun, Page[Run]):
    """The letter to an authority with its pupils, to print; it names none of them."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/recoupment_letter.html"

    def context(self) -> dict[str, Any]:
        code = self.kwargs["authority"]
        found = [each for each in claims_on_others(self.found) if each.code == code]
        if not found:
            raise Http404
        lines = in_order(lines_claimed(self.found).filter(responsible_la=code))
        return {"run": self.found, "claims": found[0], "lines": lines}
