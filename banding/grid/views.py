"""Band many pupils at once, on one page that is a long form without JavaScript."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from banding.decisions.selectors import with_levels
from banding.grid.forms import Column, GridForm, texts_of
from banding.grid.rules import BAND, REASON
from banding.grid.services import GridError, names_by_column, save_grid
from banding.returns.pages import AboutReturn
from banding.returns.progress import PupilLine, progress_of_return
from banding.templates_io.uploads.known import LockedReturn
from banding_portal.pages import FormPage
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from banding_portal.words import counted

PASTE, LAST, SUGGEST, DRAFT = "paste", "last", "suggest", "draft"
ASK = "ask"
"""What the script asks with while somebody types: as SUGGEST, and nothing is kept by it."""


class ReturnGrid(AboutReturn, FormPage):
    """Every pupil of the return: levels, band and reason in cells."""

    allowed_roles = own_roles = SENCO
    form_class = GridForm
    template_name = "banding/return_grid.html"
    keeps_typed = True
    after = ""

    def why_closed(self) -> str:
        return self.pupil_return.why_closed

    def back_url(self) -> str:
        return reverse("banding:return_detail", args=[self.pupil_return.pk])

    @cached_property
    def known(self) -> LockedReturn:
        return LockedReturn(self.pupil_return)

    def band_total(self) -> int:
        return len(self.known.bands)

    def form_options(self) -> dict[str, Any]:
        known = self.known
        columns = columns_of(known)
        saved = saved_cells(list(known.pupils.values()), columns)
        typed = self.kept.data if self.kept else None
        return {"known": known, "columns": columns, "saved": saved, "typed": typed}

    def form_valid(self, form: GridForm) -> HttpResponse:
        wanted = self.request.POST.get("do")
        said = None
        if wanted == PASTE:
            said = form.paste()
        elif wanted == LAST and self.offers_last(form):
            said = form.fill_last(last_cells(form))
        elif wanted not in (SUGGEST, ASK) and not form.is_pasted:
            return super().form_valid(form)
        elif wanted not in (SUGGEST, ASK):
            form.refuse_to_drop()
        if said:
            messages.info(self.request, said)
        return self.show(form)

    def act(self, form: GridForm) -> str:
        saved = save_grid(
            pupil_return=self.pupil_return,
            by=self.user,
            given=form.given,
            reasons_wanted=self.request.POST.get("do") != DRAFT,
        )
        progress = progress_of_return(self.pupil_return)
        page = "return_grid" if progress.left else "return_check"
        self.after = reverse(f"banding:{page}", args=[self.pupil_return.pk])
        what = f"{counted(saved, 'pupil')} saved." if saved else "Nothing had changed."
        if saved and form.bands_removed:
            what = f"{what} {counted(form.bands_removed, 'band')} removed."
        if progress.is_of_round and not progress.left:
            return what
        return f"{what} {progress.left or 'None'} left to do."

    def keep_unsaved(self) -> None:
        if self.request.POST.get("do") != ASK:
            super().keep_unsaved()

    def show(self, form: GridForm) -> HttpResponse:
        if self.kept and not form.is_bound and not form.has_typed:
            self.forget_typed()
        return super().show(form)

    def form_refused(self, form: GridForm, refusal: RefusalError) -> HttpResponse:
        if isinstance(refusal, GridError):
            form.show_problems(refusal.found)
        return super().form_refused(form, refusal)

    def next_url(self) -> str:
        return self.after

    def offers_last(self, form: GridForm) -> bool:
        """Whether the collection lets schools say “no change” for many at once, and there is
        something to fill in.
        """
        return self.pupil_return.collection.allows_no_change and form.has_last

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        return super().get_context_data(**kwargs) | {
            "grid": form,
            "offers_last": self.offers_last(form),
            "page_has_errors": bool(form.problems),
        }


def columns_of(known: LockedReturn) -> list[Column]:
    names = names_by_column(known)
    headings = dict(zip(names, [*(area.name for area in known.areas), "Band"], strict=True))
    columns = [Column(key, headings[key], names[key]) for key in names]
    return [*columns, Column(REASON, "Reason if different", {})]


def saved_cells(lines: list[PupilLine], columns: list[Column]) -> dict[UUID, dict[str, str]]:
    """By return pupil what is saved, as cells."""
    found = with_levels([line.decision.pk for line in lines if line.decision])
    return {
        line.row.pk: texts_of(found.get(line.decision.pk) if line.decision else None, columns)
        for line in lines
    }


def last_cells(form: GridForm) -> dict[UUID, dict[str, str]]:
    """By return pupil last time's levels and band, where these are of the same framework."""
    framework = form.known.pupil_return.collection.framework_id
    last = {
        row.line.row.pk: row.line.last.pk
        for row in form.rows
        if row.line.last and row.line.last.framework_id == framework
    }
    found = with_levels(list(last.values()))
    cells = {pk: texts_of(found[decision], form.columns) for pk, decision in last.items()}
    return {pk: texts for pk, texts in cells.items() if texts[BAND]}
