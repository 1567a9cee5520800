"""Money that is taken back over several terms by agreement (rules.md F25)."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import counted, money
from funding.forms.recovering import RecoveryForm
from funding.models import RecoveryAgreement, Run
from funding.selectors.line_lists import with_working
from funding.selectors.lines import lines_to_read
from funding.selectors.recovering import (
    progress_of,
    recovery_lines,
    schools_to_recover,
    taken_back,
)
from funding.services.recovering import NOT_A_DRAFT, agree_recovery, end_recovery
from funding.views.finding import AboutRun, find_run
from schools.models import School

ZERO = Decimal("0.00")


class RecoveryList(Page[None]):
    """Every agreement of published runs, and what is left of it."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/recovery_list.html"

    def context(self) -> dict[str, Any]:
        agreements = RecoveryAgreement.objects.select_related("run__period").order_by("-made_at")
        return {
            "rows": progress_of(agreements),
            "may_write": self.user.has_role(*FINANCE_OFFICER),
        }


class RunRecoveries(AboutRun, Page[Run]):
    """What a run takes back from schools, how it is spread, and the instalments in it."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/run_recoveries.html"

    def context(self) -> dict[str, Any]:
        run = self.found
        agreed = {each.school_id: each for each in run.recoveries.all()}
        return {
            "run": run,
            "schools": [
                row | {"taken": -row["total"], "agreement": agreed.get(row["school_id"])}
                for row in schools_to_recover(run)
            ],
            "lines": with_working(lines_to_read(recovery_lines(run))),
            "may_write": run.is_draft and self.user.has_role(*FINANCE_OFFICER),
        }


class RecoveryAgree(FormPage[Run]):
    """Spreads what a draft takes back from a school."""

    allowed_roles = FINANCE_OFFICER
    form_class = RecoveryForm
    template_name = "funding/recovery_agree.html"

    def find(self) -> Run:
        return find_run(self.request, self.kwargs["pk"])

    @cached_property
    def school(self) -> School:
        return get_object_or_404(School, pk=self.kwargs["school"])

    @cached_property
    def total(self) -> Decimal:
        return taken_back(self.found).get(self.school.pk, ZERO)

    def why_closed(self) -> str:
        if not self.found.is_draft:
            return NOT_A_DRAFT
        return "" if self.total else f"This run takes nothing back from {self.school}."

    def back_url(self) -> str:
        return self.next_url()

    def form_options(self) -> dict[str, Any]:
        return {"total": self.total}

    def act(self, form: RecoveryForm) -> str:
        agreed = agree_recovery(
            run=self.found, school=self.school, by=self.user, **form.cleaned_data
        )
        times = counted(agreed.instalments, "instalment")
        return f"{self.school}: {money(self.total)} is taken back in {times}."

    def next_url(self) -> str:
        return reverse("funding:run_recoveries", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"run": self.found, "school": self.school, "total": self.total}


class RecoveryEnd(Page[RecoveryAgreement], ActionPage[RecoveryAgreement]):
    """Of a draft the agreement goes; of a published run the next one takes all that is left."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/recovery_end.html"

    def find(self) -> RecoveryAgreement:
        rows = RecoveryAgreement.objects.select_related("run__period", "school")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self) -> str:
        left = end_recovery(agreement=self.found, by=self.user)
        if left is None:
            return "This run takes all of it back at once."
        return "The next run takes back all that is left."

    def next_url(self) -> str:
        if self.found.run.is_draft:
            return reverse("funding:run_recoveries", args=[self.found.run_id])
        return reverse("funding:recovery_list")

    def context(self) -> dict[str, Any]:
        rows = progress_of(RecoveryAgreement.objects.filter(pk=self.found.pk))
        return {"agreement": self.found, "progress": rows[0] if rows else None}
