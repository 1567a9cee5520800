"""The pupils a person may see, and one pupil over time."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from banding_portal.chosen_school import ASKED
from banding_portal.looking import is_named
from banding_portal.pages import ListPage, Page
from banding_portal.pages.sorting import Order, by
from banding_portal.pictures.scale import WIDTH
from banding_portal.pictures.timeline import PHONE, Span, Timeline, draw
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES, LOOK_READERS
from banding_portal.words import upper_first
from schools.actions.pupils import actions_on_pairs, actions_on_pupils, pupil_actions
from schools.authorities import authority_of
from schools.facts import facts_of
from schools.forms.pupils import PupilFilterForm
from schools.models import Correction, Placement, Plan, Pupil, PupilMerge, School
from schools.pupil_sections import Bands, PupilSection, bands_of, sections_of
from schools.register_rules import year_group_name
from schools.selectors.history import facts_on, history_of
from schools.selectors.matches import matches_of
from schools.selectors.pupils import (
    ALL,
    ON_ROLL,
    need_shown,
    placements_of,
    plans_of,
    pupils_matching,
    seen_until,
)

ORDERS = {
    "pupil": by("surname", "forename"),
    "year": by("-date_of_birth", "surname", "forename"),
    "plan": by("plan_now", "surname", "forename"),
    "school": by("school_name", "surname", "forename"),
    "upn": by("upn"),
    "reference": by("reference"),
}
PUPIL_ROLES = ALL_PUPIL_ROLES | BANDING_SCHOOL_ROLES


class PupilList(ListPage[None]):
    """Pupils, searched and filtered."""

    allowed_roles = PUPIL_ROLES
    template_name = "schools/pupil_list.html"
    filter_class = PupilFilterForm
    usual = "pupil"

    @property
    def orders(self) -> Mapping[str, Order]:  # type: ignore[override]
        return ORDERS | {"need": by(need_shown(timezone.localdate()), "surname", "forename")}

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Pupil]:
        """Those on roll, unless somebody asks for others, or for pupils without a school."""
        usual = ALL if wanted.get("placed") else ON_ROLL
        asked = wanted | {"roll": wanted.get("roll") or usual}
        return pupils_matching(self.user, asked, timezone.localdate())

    def context(self) -> dict[str, Any]:
        bands = bands_of(list(self.page_obj), self.user)
        columns = columns_of(bands)
        for pupil in self.page_obj:
            own = {each.framework: each.band for each in bands.get(pupil.pk, [])}
            pupil.bands = [(heading, own.get(of)) for heading, of in columns.items()]
            pupil.year_group = year_group_name(pupil.year_group_on(pupil.as_of))
        return {
            "today": timezone.localdate(),
            "can": actions_on_pupils(self.user),
            "columns": list(columns),
        }


class PupilDetail(Page[Pupil]):
    """One pupil: details, placements, plans, other apps' sections."""

    allowed_roles = PUPIL_ROLES
    template_name = "schools/pupil_detail.html"

    def find(self) -> Pupil:
        asked = Pupil.everything.filter(pk=self.kwargs["pk"])
        standing = asked.values_list(Coalesce("merged_into", "pk"))
        return get_object_or_404(Pupil.objects.visible_to(self.user), pk__in=standing)

    def answer_first(self) -> HttpResponseBase | None:
        """A record that was merged leads to the one that stands."""
        if self.found.pk == self.kwargs["pk"]:
            return None
        messages.info(self.request, "The record you asked for was merged into this one.")
        return redirect("schools:pupil_detail", self.found.pk)

    @cached_property
    def placements(self) -> list[Placement]:
        return placements_of(self.found, self.user)

    def school_of_page(self) -> School | None:
        """The last of the person’s schools the pupil was at, or the one the address names."""
        own = {str(each.school_id): each.school for each in self.placements}
        asked = own.get(self.request.GET.get(ASKED, ""))
        return asked or next(reversed(own.values()), None)

    def context(self) -> dict[str, Any]:
        pupil, today = self.found, timezone.localdate()
        until = seen_until(pupil, self.user)
        shown: dict[str, Any] = {
            "placements": self.placements,
            "plans": plans_of(pupil, until),
            "sections": sections_of(pupil, self.user),
        }
        merges = PupilMerge.objects.visible_to(self.user).filter(kept=pupil)
        possible = matches_of(pupil) if actions_on_pairs(self.user).may("answer") else []
        corrections = Correction.objects.visible_to(self.user).filter(pupil=pupil)
        is_named(pupil.pk)  # by the facts, which are no pupil
        facts = facts_on(pupil, until) if until else facts_of(pupil)
        return shown | {
            "corrections": corrections.select_related("made_by", "undone_by"),
            "merges": merges.select_related("kept", "made_by", "undone_by"),
            "possible": possible,
            "pupil": pupil,
            "sees_looks": self.user.has_role(*LOOK_READERS),
            "facts": facts,
            "authority": upper_first(authority_of(facts.responsible_la)),
            "history": history_of(pupil, self.user),
            "can": pupil_actions(pupil, self.user),
            "year_group": year_group_name(pupil.year_group_on(min(today, until or today))),
            "seen_until": until if until and until < today else None,
            "timelines": timelines_of([span.until(until) for span in spans_of(**shown)], today),
        }


def columns_of(bands: Bands) -> dict[str, Any]:
    """Frameworks by the heading of a column of bands: one each where there are several."""
    frameworks = {each.framework for found in bands.values() for each in found}
    if len(frameworks) < 2:
        return {"Band": next(iter(frameworks), None)}
    names = Counter(map(str, frameworks))
    headings = {
        f"{each}, {each.version}" if names[str(each)] > 1 else str(each): each
        for each in frameworks
    }
    return dict(sorted(headings.items()))


def timelines_of(spans: list[Span], today: dt.date) -> dict[str, Timeline]:
    """The picture by the class of the place where it is seen: a wide screen, and a phone."""
    widths = {"chart--unseen-on-phone": WIDTH, "chart--on-phone-alone": PHONE}
    drawn = {seen: draw(spans, today, width) for seen, width in widths.items()}
    return {seen: picture for seen, picture in drawn.items() if picture}


def spans_of(
    *, placements: list[Placement], plans: list[Plan], sections: list[PupilSection]
) -> list[Span]:
    """What the timeline shows of a pupil."""
    spans = [Span("Placement", each.school.name, each.start, each.end) for each in placements]
    spans += [Span("Plan", each.get_plan_type_display(), each.start, each.end) for each in plans]
    return spans + [span for section in sections for span in section.spans]
