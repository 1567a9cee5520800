"""The band decision page (rules.md B2, B3, B8)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banding.change_requests.actions import asking_for, told_on
from banding.collections.selectors import with_progress
from banding.decisions.forms import DRAFT, EXCEPTIONAL, DecisionForm, initial_of, initial_of_last
from banding.decisions.pages import AboutDecision, TellsOfConflict
from banding.decisions.services import discard_draft, save_draft
from banding.decisions.showing import chosen_levels, known_of, place_of, stands_as
from banding.exceptional.actions import asking_beyond_bands
from banding.marks.forms import shown_marks
from banding.marks.services import look_at
from banding.models import Return
from banding.returns.actions import return_actions
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import PupilLine, line_of, progress_of_return
from banding_portal.pages import ActionPage
from banding_portal.roles import RETURN_READERS, SENCO


class DecisionEdit(TellsOfConflict):
    """Choose levels and a band for one pupil; read only when the return is not open."""

    allowed_roles = RETURN_READERS
    write_roles = own_write_roles = SENCO
    after = ""
    """Where a saved decision leads."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not return_actions(self.pupil_return, self.user).may("answer"):
            return self.read_only(line_of(self.found))
        return self.both_versions() or super().get(*args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        if self.request.method == "POST":
            return {}
        line = line_of(self.found)
        version = {"version": line.draft and line.draft.version}
        if self.last and self.request.GET.get("from") == "last":
            return initial_of_last(self.last) | version
        return initial_of(line.decision) | version

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        if form.only_asks:
            return self.show(form)
        if self.wanted == EXCEPTIONAL and form.is_empty:
            return redirect("banding:exceptional_create", self.found.pk)
        return super().form_valid(form)

    def act(self, form: DecisionForm) -> str:
        if self.wanted == EXCEPTIONAL:
            self.after = reverse("banding:exceptional_create", args=[self.found.pk])
            # Asking for more than a band is no new decision, where nothing was changed (B11).
            if self.says_what_is_saved(form, line_of(self.found)):
                return ""
        given = form.cleaned_data
        save_draft(
            return_pupil=self.found,
            by=self.user,
            version=given["version"],
            started_from=self.last if given["started"] else None,
            **form.choice,
        )
        look_at(return_pupil=self.found, by=self.user, marks=shown_marks(self.request.POST))
        name = self.found.pupil
        if self.wanted == EXCEPTIONAL:
            return f"What you chose for {name} is saved as a draft."
        if self.wanted == DRAFT:
            self.after = super().next_url()
            return f"Draft for {name} saved."
        return f"{name} saved. {self.lead_on()}"

    def lead_on(self) -> str:
        """Go on to the next pupil; says how many are left."""
        progress = progress_of_return(self.pupil_return)
        following = progress.next_after(self.found)
        if following is None and progress.is_of_round:
            self.after = reverse("banding:return_detail", args=[self.pupil_return.pk])
            return "It counts once you have submitted the return."
        if following is None:
            self.after = reverse("banding:return_check", args=[self.pupil_return.pk])
            return "Every pupil is done."
        self.after = reverse("banding:decision_edit", args=[following.row.pk])
        return f"{progress.left} left to do."

    def save_words(self, line: PupilLine) -> str:
        """What the button says: where it leads once this pupil is saved."""
        counted = with_progress(Return.objects.filter(pk=self.pupil_return.pk)).get()
        left = counted.pupil_count - counted.done_count  # type: ignore[attr-defined]
        if left > (not line.is_done):
            return "Save and go to next pupil"
        where = "check answers" if line.standing is None else "go back to the lists"
        return f"Save and {where}"

    def next_url(self) -> str:
        return self.after

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = line_of(self.found)
        form = kwargs.get("form")
        self.form_is_there = form is not None and not line.is_off
        own = {
            "decision_form": form,
            "page_has_errors": form is not None and form.is_bound and bool(form.errors),
            "saves": True,
            "place": place_of(self.found),
            "save_words": self.save_words(line) if self.form_is_there else "",
            "offers_last": bool(form and not form.is_bound and self.last and not self.kept),
            "suggestion_url": reverse("banding:decision_suggestion", args=[line.row.pk]),
        }
        return super().get_context_data(**kwargs) | known_of(line, self.user) | own

    def read_only(self, line: PupilLine) -> HttpResponse:
        shown = {
            "decision": line.decision,
            "levels": chosen_levels(line.decision),
            "stands_as": stands_as(line),
            "why_closed": self.pupil_return.why_closed,
            "can": asking_for(self.found, self.user),
            "told_on": told_on(self.found, self.user),
            "beyond": asking_beyond_bands(self.found, self.user),
        }
        context = self.get_context_data(form=None) | shown
        return render(self.request, "banding/decision_detail.html", context)


class DecisionSuggestion(AboutDecision):
    """The suggestion box alone, as the choices change; nothing is saved."""

    allowed_roles = own_roles = SENCO
    keeps_typed = False
    http_method_names = ["post"]

    def prepare(self) -> None:
        if self.request.method == "POST":
            super().prepare()

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"decision_form": self.get_form(), "saves": True}
        return render(self.request, "banding/_suggestion.html", context)


class DecisionDiscard(AboutReturnPupil, ActionPage):
    """Remove a draft; what was submitted before stays."""

    allowed_roles = own_roles = SENCO

    def act(self) -> str:
        discard_draft(return_pupil=self.found, by=self.user)
        return f"The draft for {self.found.pupil} is removed."
