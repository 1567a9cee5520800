"""The roll-over: whom it is about, doing it, and following it (rules.md S7)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from banding.choices import RollOverKind
from banding.models import RollOver
from banding.roll_over.actions import actions_on_roll_over
from banding.roll_over.forms import RollOverFilterForm, RollOverForm
from banding.roll_over.rules import is_a_year, last_day_before, why_early, why_not_to, year_to_offer
from banding.roll_over.selectors import counts_of, mark_of, plans_beyond_25, rolled_over
from banding.roll_over.services import roll_over, start_roll_over
from banding_portal.csv_response import csv_response
from banding_portal.jobs.states import AT_WORK, JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, SEND_OFFICER
from banding_portal.words import day
from schools.choices import ImportKind
from schools.models import ImportRecord, Pupil
from schools.register_rules import academic_year_name, year_group_name
from schools.selectors.pupils import search
from schools.views.showing import ShowsMoneyFirst

HEADS = (
    *("School", "URN", "Reference", "UPN", "Surname", "Forename", "Year group"),
    *("What happens", "Why", "Last day"),
)
PLANS_LISTED = 20


class RollOverPreview(ListPage[None]):
    """Whom the end of a year is about, school by school; `?format=csv` is all of it as a file."""

    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/roll_over.html"
    filter_class = RollOverFilterForm
    orders: ClassVar = {
        "school": by("school__name", "pupil__surname", "pupil__forename"),
        "pupil": by("pupil__surname", "pupil__forename"),
        "year": by("year_group", "pupil__surname", "pupil__forename"),
        "what_happens": by("kind", "school__name", "pupil__surname"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user, "today": timezone.localdate()}

    @cached_property
    def new_year(self) -> int:
        return self.wanted.get("to") or year_to_offer(timezone.localdate())

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Any]:
        found = rolled_over(self.new_year)
        if wanted.get("kind"):
            found = found.filter(kind=wanted["kind"])
        if wanted.get("school"):
            found = found.filter(school=wanted["school"])
        if text := (wanted.get("q") or "").strip():
            found = found.filter(pupil__in=Pupil.objects.filter(search(text)))
        return found

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.GET.get("format") != "csv":
            return super().get(*args, **kwargs)
        return csv_response("roll-over.csv", HEADS, lines(self.rows(self.wanted), self.new_year))

    def context(self) -> dict[str, Any]:
        for row in self.page_obj:
            row.shown_group = year_group_name(row.year_group)
        plans = plans_beyond_25(self.new_year)
        plan_count = plans.count()
        return {
            "year": academic_year_name(self.new_year),
            "new_year": self.new_year,
            "last_day": last_day_before(self.new_year),
            "early": why_early(self.new_year, timezone.localdate()),
            "over": why_not_to(self.new_year, timezone.localdate()),
            "counts": counts_of(rolled_over(self.new_year)),
            "plans": plans[:PLANS_LISTED],
            "plan_count": plan_count,
            "plans_more": max(plan_count - PLANS_LISTED, 0),
            "job": RollOver.objects.filter(new_year=self.new_year, state__in=AT_WORK).first(),
            "records": done_before(self.user),
            "can": actions_on_roll_over(self.user, self.new_year),
        }


def done_before(user: Any) -> QuerySet[ImportRecord]:
    kept = ImportRecord.objects.visible_to(user).filter(kind=ImportKind.ROLL_OVER)
    return kept.select_related("made_by", "undone_by")[:5]


def lines(rows: QuerySet[Any], new_year: int) -> Iterable[tuple[str, ...]]:
    last_day = last_day_before(new_year).isoformat()
    for row in rows:
        pupil, school, kind = row.pupil, row.school, RollOverKind(row.kind)
        ended = f"Plan ended on {day(row.plan_ended)}" if row.plan_ended else ""
        stays = kind in (RollOverKind.STAYS, RollOverKind.CEASED)
        yield (
            *(school.name, school.urn, pupil.reference, pupil.upn or ""),
            *(pupil.surname, pupil.forename, year_group_name(row.year_group)),
            *(kind.label, row.reason or ended, "" if stays else last_day),
        )


class RollOverApply(ShowsMoneyFirst[None]):
    """Asks before a year is rolled over, then has it done."""

    allowed_roles = SEND_OFFICER
    form_class = RollOverForm
    template_name = "banding/roll_over_apply.html"
    job: RollOver

    @property
    def new_year(self) -> int:
        return int(self.kwargs["new_year"])

    def prepare(self) -> None:
        super().prepare()
        if not is_a_year(self.new_year):
            raise Http404

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts_of(rolled_over(self.new_year))

    @cached_property
    def early(self) -> str:
        return why_early(self.new_year, timezone.localdate())

    def why_closed(self) -> str:
        if problem := why_not_to(self.new_year, timezone.localdate()):
            return problem
        if not sum(self.counts.values()) and not plans_beyond_25(self.new_year).exists():
            return f"Nobody is left to be rolled over to {academic_year_name(self.new_year)}."
        return ""

    def form_options(self) -> dict[str, Any]:
        return {"early": self.early, "ceased": self.counts[RollOverKind.CEASED]}

    def wished(self, form: RollOverForm) -> dict[str, Any]:
        wished = {name: form.cleaned_data.get(name, False) for name in ("is_early", "ends_ceased")}
        return wished | {"new_year": self.new_year, "seen": self.request.POST.get("seen", "")}

    def make(self, form: RollOverForm) -> None:
        roll_over(**self.wished(form), by=self.user)

    def act(self, form: RollOverForm) -> str:
        self.job = start_roll_over(**self.wished(form), by=self.user)
        return ""

    def next_url(self) -> str:
        return reverse("banding:roll_over_detail", args=[self.job.pk])

    def back_url(self) -> str:
        return page_of(self.new_year)

    def context(self) -> dict[str, Any]:
        return {
            "year": academic_year_name(self.new_year),
            "last_day": last_day_before(self.new_year),
            "early": self.early,
            "counts": self.counts,
            "plan_count": plans_beyond_25(self.new_year).count(),
            "mark": mark_of(self.new_year),
            "parent_url": self.back_url(),
        }


def page_of(new_year: int) -> str:
    return f"{reverse('banding:roll_over')}?to={new_year}"


class RollOverDetail(JobDetail):
    """How far it is; then what it changed, and undoing it."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER
    model = RollOver
    detail_name = "banding:roll_over_detail"
    meanwhile = "Until it is done, every placement is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("started_by", "cancelled_by")

    def title(self) -> str:
        return f"Roll over to {academic_year_name(self.found.new_year)}"

    def words(self, done: int, total: int) -> str:
        return "placements and plans ended"

    def create_url(self, job: Any = None) -> str:
        return reverse("banding:roll_over_apply", args=[job.new_year])

    def parent_url(self, job: Any = None) -> str:
        return page_of(job.new_year)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return self.lead_on()
        return super().get(*args, **kwargs)

    def lead_on(self) -> HttpResponse:
        """To what it changed, where it can be undone."""
        if not self.found.record:
            messages.success(self.request, "Nobody was left to be rolled over.")
            return redirect(page_of(self.found.new_year))
        return redirect("schools:import_detail", pk=self.found.record)
