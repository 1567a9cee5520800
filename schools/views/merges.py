"""Records that are perhaps of one child: found, compared, answered, merged (rules.md S8)."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, ListPage, Page
from banding_portal.pages.sorting import Order
from banding_portal.roles import AUDITOR, SEND_OFFICER
from schools.actions.merges import merge_actions
from schools.actions.pupils import actions_on_pairs
from schools.choices import Fact, SameChild
from schools.forms.merges import DuplicateFilterForm, PairForm, differing, only_in, shown
from schools.matching import Match, compare
from schools.models import Pupil, PupilAnswer, PupilMerge
from schools.selectors.matches import PossibleDuplicate, duplicates_matching, identity_of
from schools.services import merges as service
from schools.services.answers import answer_pair
from schools.services.corrections import in_words, what_would_happen
from schools.services.merge_parts import belongings
from schools.views.showing import ShowsFirst

APART = "apart"


class DuplicateList(ListPage[None]):
    """Pairs of records that are or may be of one child, the surest first."""

    allowed_roles = SEND_OFFICER | AUDITOR
    template_name = "schools/duplicate_list.html"
    filter_class = DuplicateFilterForm
    orders: ClassVar = {
        "one_record": Order(key=lambda each: (each.one.display_name, each.one.reference)),
        "the_other": Order(key=lambda each: (each.other.display_name, each.other.reference)),
    }

    def rows(self, wanted: dict[str, Any]) -> list[PossibleDuplicate]:
        return duplicates_matching(wanted)

    def context(self) -> dict[str, Any]:
        merges = PupilMerge.objects.visible_to(self.user).select_related(
            "kept", "made_by", "undone_by"
        )
        kept = PupilAnswer.objects.visible_to(self.user).filter(answer=SameChild.ANOTHER)
        return {
            "merges": merges[:20],
            "apart": kept.select_related("one", "other", "answered_by")[:20],
            "can": actions_on_pairs(self.user),
        }


class PairPage(ShowsFirst[tuple[Pupil, Pupil]]):
    """Two records side by side. The answer is shown with what it brings, then confirmed."""

    allowed_roles = SEND_OFFICER
    template_name = "schools/pair.html"
    form_class = PairForm

    def find(self) -> tuple[Pupil, Pupil]:
        seen = Pupil.objects.visible_to(self.user)
        one, other = (get_object_or_404(seen, pk=self.kwargs[name]) for name in ("one", "other"))
        if one == other:
            raise Http404
        return one, other

    @cached_property
    def match(self) -> Match | None:
        one, other = self.found
        return compare(identity_of(one), identity_of(other))

    def form_options(self) -> dict[str, Any]:
        return {"pupils": self.found}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if APART in self.request.POST:
            return self.attempt(self.tell_apart)
        return super().post(*args, **kwargs)

    def tell_apart(self) -> str:
        one, other = self.found
        reason = self.request.POST.get("reason", "")
        answer_pair(
            one=one, other=other, answer=SameChild.ANOTHER, reason=reason[:2000], by=self.user
        )
        return f"{one} and {other} are kept as two children. They are not shown here again."

    def try_out(self, form: PairForm) -> list[str]:
        said: list[str] = []
        heard = what_would_happen(lambda: said.extend(self.merge(form).said))
        return [*said, *heard]

    def merge(self, form: PairForm) -> PupilMerge:
        return service.merge_pupils(
            kept=form.kept,
            dropped=form.dropped,
            take=[*form.take, *only_in(form.dropped, form.kept)],
            reason=form.cleaned_data["reason"],
            by=self.user,
        )

    def act(self, form: PairForm) -> str:
        self.merged = self.merge(form)
        return "The two records are one now. You can take this back below."

    def next_url(self) -> str:
        merged = getattr(self, "merged", None)
        if merged:
            return reverse("schools:pupil_detail", args=[merged.kept_id])
        return reverse("schools:duplicate_list")

    def context(self) -> dict[str, Any]:
        one, other = self.found
        return {
            "one": one,
            "other": other,
            "match": self.match,
            "answer": PupilAnswer.objects.filter(
                one__in=self.found, other__in=self.found, answer=SameChild.ANOTHER
            ).first(),
            "facts": facts_side_by_side(one, other),
            "periods": periods_side_by_side(one, other),
            "belongings": belongings(one, other),
            "parent_url": reverse("schools:duplicate_list"),
        }


def facts_side_by_side(one: Pupil, other: Pupil) -> list[dict[str, Any]]:
    differ = differing(one, other)
    return [
        {
            "label": kind.label,
            "one": shown(one, kind),
            "other": shown(other, kind),
            "differs": kind in differ,
        }
        for kind in Fact
    ]


def periods_side_by_side(one: Pupil, other: Pupil) -> list[tuple[str, list[str], list[str]]]:
    """Placements and plans in words, the earliest first."""
    return [
        ("Placements", placements_in_words(one), placements_in_words(other)),
        ("Plans", plans_in_words(one), plans_in_words(other)),
    ]


def placements_in_words(pupil: Pupil) -> list[str]:
    return [in_words(row) for row in pupil.placements.select_related("school")]


def plans_in_words(pupil: Pupil) -> list[str]:
    return [in_words(row) for row in pupil.plans.all()]


class MergeUndo(Page[PupilMerge], ActionPage[PupilMerge]):
    """Makes two records of one again, where nothing rests on it."""

    allowed_roles = SEND_OFFICER
    template_name = "schools/merge_undo.html"

    def find(self) -> PupilMerge:
        found = PupilMerge.objects.visible_to(self.user).select_related("kept", "dropped")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def act(self) -> str:
        service.undo_merge(merge=self.found, by=self.user)
        return "They are two records again."

    def next_url(self) -> str:
        return reverse("schools:pupil_detail", args=[self.found.kept_id])

    def context(self) -> dict[str, Any]:
        done = merge_actions(self.found, self.user).why_not("undo")
        return {
            "merge": self.found,
            "problems": done or service.changed_since(self.found),
            "parent_url": self.next_url(),
        }
