"""The returns of a school: list, task list, check answers, submit; and what the authority does
with one: accept, give more time, send back (rules.md B7).
"""

from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from banding.changes.afterwards import left_to_the_officer, moved_since
from banding.choices import OPEN_STATES, PupilChange
from banding.collections.selectors import returns_for_list
from banding.joiners.selectors import (
    joiners_off_the_list,
    joiners_shown_on,
    joiners_waiting_on,
)
from banding.marks.selectors import marks_of_return, unmarked_words
from banding.models import Collection, Return
from banding.returns.actions import looks_first, return_actions
from banding.returns.answers import checked_parts, copied_in
from banding.returns.forms import (
    DeclarationForm,
    ExtensionForm,
    LineFilterForm,
    ReturnFilterForm,
    SendBackForm,
)
from banding.returns.narrowing import (
    KEYS,
    narrowed,
    narrowed_returns,
)
from banding.returns.pages import AboutReturn
from banding.returns.progress import PupilLine, ReturnProgress, progress_of_return
from banding.returns.readiness import problems_to_submit
from banding.returns.selectors import has_outcomes, not_listed, unsaved_on
from banding.returns.services import (
    AlreadySubmittedError,
    accept_return,
    confirm_nothing_to_tell,
    extend_deadline,
    return_for_correction,
    submit_return,
)
from banding.returns.starting import Unasked, start_return, unasked
from banding.rounds.lists import SHOWN_IN_ROUND, lists_of
from banding.rounds.selectors import is_round
from banding.templates_io.selectors import uploads_of
from banding_portal.due import Way
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.sorting import Order, by
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    COLLECTION_FOLLOWERS,
    COLLECTION_RUNNERS,
    RETURN_READERS,
    SENCO,
    SEND_OFFICER,
    Role,
)
from schools.models import School
from schools.selectors.people import sencos_of

FEW = 10
"""Pupils that one finds without a search."""


class ReturnList(ListPage):
    """A school's returns, or those of all schools somebody looks after."""

    allowed_roles = BANDING_SCHOOL_ROLES | {Role.INCLUSION_PARTNER}
    template_name = "banding/return_list.html"
    filter_class = ReturnFilterForm
    orders: ClassVar = {
        "collection": by("collection__name", "school__name"),
        "school": by("school__name", "-collection__deadline"),
        "due": by(Coalesce("extended_to", "collection__deadline"), "school__name"),
        "pupils_done": by(F("done_count") - F("pupil_count"), "school__name"),
        "state": by("state", "school__name"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"schools": School.objects.filter(pk__in=self.schools)}

    @property
    def schools(self) -> frozenset[Any]:
        return self.user.school_ids_as(*self.allowed_roles)

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Return]:
        own = Return.objects.visible_to(self.user).filter(school__in=self.schools)
        return returns_for_list(narrowed_returns(own, wanted))

    def context(self) -> dict[str, Any]:
        own, chosen = self.user.school_ids_as(*BANDING_SCHOOL_ROLES), self.wanted.get("school")
        owed = unasked(own & {chosen.pk} if chosen else own)
        return {
            "several_schools": len(self.schools) > 1,
            "unasked": owed,
            "tells": bool(own),
            "can_upload": self.user.has_role(*SENCO),
        }


class ReturnStart(ActionPage):
    """Opens the return of a school that was not asked, having no pupils here."""

    allowed_roles = BANDING_SCHOOL_ROLES

    def find(self) -> Unasked:
        schools = School.objects.filter(pk__in=self.user.school_ids_as(*BANDING_SCHOOL_ROLES))
        return Unasked(
            get_object_or_404(Collection, pk=self.kwargs["collection_pk"]),
            get_object_or_404(schools, pk=self.kwargs["school_pk"]),
        )

    def act(self) -> str:
        collection, school = self.found
        self.started = start_return(collection=collection, school=school, by=self.user)
        return ""

    def next_url(self) -> str:
        started = getattr(self, "started", None)
        if started:
            return reverse("banding:return_detail", args=[started.pk])
        return reverse("banding:return_list")


class ReturnDetail(AboutReturn, ListPage):
    """The task list of a return; the authority's people see how far it is and what they may do."""

    allowed_roles = BANDING_SCHOOL_ROLES | COLLECTION_FOLLOWERS | {Role.INCLUSION_PARTNER}
    template_name = "banding/return_detail.html"
    filter_class = LineFilterForm
    usual = "pupil"
    orders: ClassVar = {name: Order(key=key) for name, key in KEYS.items()}

    @cached_property
    def progress(self) -> ReturnProgress:
        return progress_of_return(self.pupil_return)

    def filter_options(self) -> dict[str, Any]:
        return {"progress": self.progress}

    def rows(self, wanted: dict[str, Any]) -> list[PupilLine]:
        return narrowed(self.progress, wanted)

    def context(self) -> dict[str, Any]:
        pupil_return, progress = self.pupil_return, self.progress
        joiners = list(joiners_shown_on(pupil_return))
        is_officers = self.user.has_role(*SEND_OFFICER)
        is_own = pupil_return.is_own(self.user, BANDING_SCHOOL_ROLES)
        on_it = {line.row.pupil_id for line in progress.lines}
        can = return_actions(pupil_return, self.user, progress)
        looks = looks_first(progress) and can.may("answer")
        is_owed = pupil_return.state in OPEN_STATES
        return {
            "progress": progress,
            "can": can,
            "submits_next": is_owed and progress.lines and progress.is_complete and not looks,
            "why_closed": pupil_return.why_closed,
            "joiners": joiners,
            "off_the_list": joiners_off_the_list(pupil_return, joiners, on_it),
            "moved": moved_since(pupil_return, progress),
            "not_listed": not_listed(pupil_return),
            "unsaved": unsaved_on(pupil_return, progress, self.user) if is_own else [],
            "has_outcomes": is_own and has_outcomes(pupil_return),
            "to_do": left_to_the_officer(pupil_return, progress) if is_officers else [],
            "marks": marks_of_return(pupil_return, self.user) if progress.was_sent_back else [],
            "still_owed": is_owed,
            "is_long": progress.total > FEW,
            "moves": list(pupil_return.moves.select_related("moved_by")),
            "uploads": uploads_of(pupil_return, self.user),
            **self.lists(),
            "not_ours": [x for x in progress.lines if x.row.change == PupilChange.NOT_OURS],
            "no_band": [x for x in progress.lines if x.row.change == PupilChange.NO_BAND],
            "staying_on": [x for x in progress.lines if x.row.change == PupilChange.STAYING_ON],
        }

    def lists(self) -> dict[str, Any]:
        """Of a round each list with the first that fit; one alone where the address names it."""
        lists = lists_of(self.progress) if is_round(self.pupil_return.collection) else None
        if lists is None:
            return {"lists": None}
        alone = self.wanted.get("show") or ""
        alone = alone if alone in SHOWN_IN_ROUND else ""
        fitting = self.sorting.of(self.rows(self.wanted))
        return {"lists": lists, "alone": alone, "shown": lists.shown(fitting, alone)}


class ReturnCheck(AboutReturn, Page):
    """Every answer once more, with links to change them."""

    allowed_roles = RETURN_READERS
    shows_pupils = True
    template_name = "banding/return_check.html"

    def context(self) -> dict[str, Any]:
        progress = progress_of_return(self.pupil_return)
        can = return_actions(self.pupil_return, self.user, progress)
        # Others read what is missing, not what the school may do about it.
        missing = problems_to_submit(self.pupil_return, progress) if self.found.is_open else []
        is_own = self.pupil_return.is_own(self.user, BANDING_SCHOOL_ROLES)
        asks_sencos = is_own and progress.unfinished and not can.may("answer")
        return {
            "progress": progress,
            "can": can,
            "is_own": is_own,
            "sencos": sencos_of(self.found.school) if asks_sencos else [],
            "why_not": can.why_not("submit") if is_own else missing,
            "unsaved": unsaved_on(self.pupil_return, progress, self.user) if is_own else [],
            "jumps": [line for line in progress.lines if line.big_jump],
            "parts": checked_parts(progress, self.pupil_return.collection.framework),
            "copied": copied_in(progress),
            "joiners": joiners_shown_on(self.pupil_return),
        }


class ReturnSubmit(AboutReturn, FormPage):
    """The declaration. What cannot be submitted says why on the check page."""

    allowed_roles = own_roles = BANDING_SCHOOL_ROLES
    form_class = DeclarationForm
    template_name = "banding/return_submit.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not return_actions(self.pupil_return, self.user).may("submit"):
            return redirect("banding:return_check", self.pupil_return.pk)
        return super().get(*args, **kwargs)

    @cached_property
    def progress(self) -> ReturnProgress:
        return progress_of_return(self.pupil_return)

    @cached_property
    def unsaved(self) -> list[Way]:
        return unsaved_on(self.pupil_return, self.progress, self.user)

    def form_options(self) -> dict[str, Any]:
        return {"person": self.user, "unsaved": bool(self.unsaved)}

    def act(self, form: DeclarationForm) -> str:
        name = self.user.name
        # Where somebody has submitted it already, the page that follows tells by whom and when.
        with suppress(AlreadySubmittedError):
            submit_return(
                pupil_return=self.pupil_return,
                by=self.user,
                declared_name=name,
                seen=self.request.POST.get("seen", ""),
            )
        return ""

    def next_url(self) -> str:
        return reverse("banding:return_submitted", args=[self.pupil_return.pk])

    def context(self) -> dict[str, Any]:
        progress = self.progress
        return {
            "unsaved": self.unsaved,
            "off_the_list": joiners_waiting_on(self.pupil_return),
            "is_empty": not progress.lines,
            "has_gone": any(line.is_gone for line in progress.lines),
            "seen": progress.mark,
        }


class ReturnConfirm(AboutReturn, ActionPage):
    """One click for a school that has nothing to tell in a round."""

    allowed_roles = own_roles = BANDING_SCHOOL_ROLES

    def act(self) -> str:
        with suppress(AlreadySubmittedError):
            confirm_nothing_to_tell(pupil_return=self.pupil_return, by=self.user)
        return "Thank you. Everybody carries on as listed."


class ReturnSubmitted(AboutReturn, Page):
    """The confirmation, to keep or print."""

    allowed_roles = RETURN_READERS
    shows_pupils = True
    template_name = "banding/return_submitted.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pupil_return.state in OPEN_STATES:
            messages.info(self.request, "This return has not been submitted.")
            return redirect(self.next_url())
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "progress": progress_of_return(self.pupil_return),
            "off_the_list": joiners_waiting_on(self.pupil_return),
            "can": return_actions(self.pupil_return, self.user),
            "moves": self.pupil_return.moves.select_related("moved_by"),
        }


class ReturnAccept(AboutReturn, ActionPage):
    allowed_roles = SEND_OFFICER

    def act(self) -> str:
        seen = self.request.POST.get("seen", "")
        accept_return(pupil_return=self.pupil_return, by=self.user, seen=seen)
        return f"The return of {self.pupil_return.school} is accepted."


class ReturnExtend(AboutReturn, FormPage):
    allowed_roles = COLLECTION_RUNNERS
    template_name = "banding/return_extend.html"
    form_class = ExtensionForm

    def why_closed(self) -> list[str]:
        return list(return_actions(self.pupil_return, self.user).why_not("extend"))

    def act(self, form: ExtensionForm) -> str:
        given = form.cleaned_data
        extend_deadline(pupil_return=self.pupil_return, by=self.user, **given)
        return f"{self.pupil_return.school} has more time."


class ReturnSendBack(AboutReturn, FormPage):
    allowed_roles = SEND_OFFICER
    template_name = "banding/return_send_back.html"
    form_class = SendBackForm

    def form_options(self) -> dict[str, Any]:
        return {"pupil_return": self.pupil_return}

    def act(self, form: SendBackForm) -> str:
        given = form.cleaned_data
        return_for_correction(
            pupil_return=self.pupil_return,
            by=self.user,
            reason=given["reason"],
            until=given["correct_by"],
            about=given["about"],
        )
        back = f"The return is back with {self.pupil_return.school}."
        return back + unmarked_words(given["about"])
