"""The pages of a caseload's differences: decided by kind or one by one, and remembered."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.caseload.deciding import decide_differences, decide_kind, end_missing, forget_choices
from banding.caseload.differences import EXPLAINED, differences_matching
from banding.caseload.forms import ChoiceFilterForm, DifferenceFilterForm, EndMissingForm
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import CaseloadChoice, CaseloadDifference, CaseloadUpload
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS, SEND_OFFICER
from banding_portal.words import counted

ANSWER = "answer-"


class AboutDifferences(ListPage[CaseloadUpload], abstract=True):
    """Of one caseload file."""

    orders: ClassVar = {"who": by("who"), "what": by("what", "who")}

    def find(self) -> CaseloadUpload:
        uploads = CaseloadUpload.objects.visible_to(self.user).defer("content")
        return get_object_or_404(uploads, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return self.request.get_full_path()

    def shared(self) -> dict[str, Any]:
        up = reverse("banding:caseload_upload_detail", args=[self.found.pk])
        return {"upload": self.found, "parent_url": up}


class CaseloadDifferences(AboutDifferences):
    """Every difference by kind. POST answers those of the page, or all of a kind."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = COLLECTION_RUNNERS
    template_name = "banding/caseload_differences.html"
    filter_class = DifferenceFilterForm

    def rows(self, wanted: dict[str, Any]) -> QuerySet[CaseloadDifference]:
        return differences_matching(self.found, wanted)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.attempt(self.act)

    def act(self) -> str:
        answer, kind = self.request.POST.get("all", ""), self.wanted.get("kind", "")
        if answer in CaseloadAnswer.values and kind:
            count = decide_kind(upload=self.found, kind=kind, answer=answer, by=self.user)
        else:
            answers = answers_in(self.request.POST.dict())
            count = decide_differences(upload=self.found, answers=answers, by=self.user)
        if not count:
            return "Nothing in it is new."
        return f"{counted(count, 'choice')} saved. The preview is made again with them."

    def context(self) -> dict[str, Any]:
        kind = self.wanted.get("kind", "")
        return self.shared() | {
            "kind": kind,
            "explained": EXPLAINED.get(kind, ""),
            "is_missing": kind == DifferenceKind.MISSING,
        }


def answers_in(posted: dict[str, Any]) -> dict[UUID, str]:
    """Answers by the id of the difference. Raises RefusalError for what no page sends."""
    given = {key.removeprefix(ANSWER): value for key, value in posted.items() if ANSWER in key}
    try:
        return {UUID(key): CaseloadAnswer(value) for key, value in given.items()}
    except ValueError as problem:
        raise RefusalError("Choose one of the two sides") from problem


class CaseloadMissing(FormPage[CaseloadUpload], AboutDifferences):
    """Placements that the file does not name. An officer may say that they have ended."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = SEND_OFFICER
    template_name = "banding/caseload_missing.html"
    form_class = EndMissingForm
    filter_class = ChoiceFilterForm

    def rows(self, wanted: dict[str, Any]) -> QuerySet[CaseloadDifference]:
        return differences_matching(self.found, {**wanted, "kind": DifferenceKind.MISSING})

    def form_options(self) -> dict[str, Any]:
        return {"upload": self.found}

    def act(self, form: EndMissingForm) -> str:
        count = end_missing(
            upload=self.found,
            differences=form.chosen(),
            end=form.cleaned_data["end"],
            by=self.user,
        )
        return f"{counted(count, 'placement')} ended."

    def context(self) -> dict[str, Any]:
        return self.shared() | {"can_end": self.user.has_role(*SEND_OFFICER)}


class CaseloadChoices(ListPage[None]):
    """What was decided and is remembered. POST forgets those that are ticked."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = COLLECTION_RUNNERS
    template_name = "banding/caseload_choices.html"
    filter_class = ChoiceFilterForm
    orders: ClassVar = {
        "who": by("who"),
        "what": by("what", "who"),
        "decided": by("decided_at", "who"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[CaseloadChoice]:
        kept = CaseloadChoice.objects.visible_to(self.user).select_related("decided_by")
        name = wanted.get("q")
        return kept.filter(Q(who__icontains=name) | Q(reference=name)) if name else kept

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.attempt(self.act)

    def act(self) -> str:
        ticked = [UUID(pk) for pk in self.request.POST.getlist("choices") if is_uuid(pk)]
        choices = CaseloadChoice.objects.visible_to(self.user).filter(pk__in=ticked)
        return f"{counted(forget_choices(choices=choices, by=self.user), 'choice')} forgotten."

    def next_url(self) -> str:
        return self.request.get_full_path()

    def context(self) -> dict[str, Any]:
        return {"can_forget": self.user.has_role(*COLLECTION_RUNNERS)}


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
