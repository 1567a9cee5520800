"""Pages of a sample: work it out, draw it, assign its cases, take its list, see its results."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse

from banding.models import Collection
from banding_portal.pages import FormPage, Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT, Role
from banding_portal.words import day_time, number, percent
from moderation.actions.samples import sample_actions
from moderation.choices import Allocation, ResultsFormat
from moderation.design_words import ShownDesign
from moderation.exports import frozen_population, write_population
from moderation.forms import DiscardForm, SampleForm, ShareForm
from moderation.models import Sample
from moderation.published import PublishedResults
from moderation.results_file import results_response
from moderation.selectors.population import drawn_strata, population_of
from moderation.selectors.preview import SamplePreview
from moderation.selectors.progress import (
    progress_by_kind,
    progress_by_quadrant,
    progress_of,
    work_by_moderator,
)
from moderation.selectors.results import results_of
from moderation.selectors.spread import spread_bars, spread_of
from moderation.services.assignment import assign_cases
from moderation.services.samples import (
    discard_sample,
    draw_sample,
    note_bands_seen,
)
from moderation.tables import ShownResults, bars_of
from moderation.views.finding import AboutSample
from moderation.widening.selectors import judged_schools


class SampleCreate(FormPage[Sample]):
    """The numbers for a rate and minimum, recalculated by GET; drawn by POST."""

    allowed_roles = MODERATION_LEAD
    form_class = SampleForm
    template_name = "moderation/sample_create.html"

    @cached_property
    def collections(self) -> QuerySet[Collection]:
        """All but those of which everything that is in has been drawn from."""
        drawn = Sample.objects.standing().filter(collection=OuterRef("pk"))
        found = Collection.objects.visible_to(self.user)
        sampled = list(found.filter(Exists(drawn)))
        whole = [one.pk for one in sampled if not population_of(one).exists()]
        return found.exclude(pk__in=whole)

    def form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"collections": self.collections}
        if self.request.method != "POST":
            asked = "collection" in self.request.GET
            options["data"] = self.request.GET if asked else usual_settings(self.collections)
        return options

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"collections": self.collections} | preview_of(kwargs["form"])
        return super().get_context_data(**kwargs) | shown

    def act(self, form: SampleForm) -> str:
        despite = "despite_missing" in self.request.POST
        self.drawn = draw_sample(
            collection=form.cleaned_data["collection"],
            settings=form.settings(),
            by=self.user,
            despite_missing=despite,
        )
        return f"Drawn: {number(self.drawn.cases.count())} cases to assign."

    def next_url(self) -> str:
        return reverse("moderation:sample_detail", args=[self.drawn.pk])


def usual_settings(collections: QuerySet[Collection]) -> dict[str, object] | None:
    """The latest collection at 10 %."""
    first = collections.first()
    if first is None:
        return None
    usual = {"rate": "10", "minimum": "1", "minutes": "20", "allocation": Allocation.SHARE}
    return {"collection": first.pk, **usual}


def preview_of(form: SampleForm) -> dict[str, Any]:
    """What would be drawn, and the settings to draw it with; nothing while they are wrong."""
    if not (form.is_bound and form.is_valid()):
        return {}
    collection, minutes = form.cleaned_data["collection"], form.minutes_of_a_case()
    preview = SamplePreview(collection, form.settings(), minutes)
    return {
        "preview": preview,
        "design": ShownDesign(preview, {name: form[name].value() for name in form.fields}),
    }


class SampleDetail(AboutSample, Page[Sample]):
    """Strata, progress, and what the lead does next."""

    allowed_roles = MODERATION_OVERSIGHT
    template_name = "moderation/sample_detail.html"

    def context(self) -> dict[str, Any]:
        sample = self.found
        judging = self.user.has_role(Role.MODERATOR)
        if not judging:
            note_bands_seen(sample=sample, person=self.user)
        return {
            "sample": sample,
            # How many of a stratum are drawn tells the bands of the cases (M9).
            "strata": [] if judging else drawn_strata(sample),
            "judging": judging,
            "progress": progress_of(sample),
            "kinds": [] if judging else progress_by_kind(sample),
            "moderators": work_by_moderator(sample),
            "quadrant_bars": bars_of(progress_by_quadrant(sample)),
            "rate": percent(sample.rate, 2),
            "drawn": f"{day_time(sample.drawn_at)}, by {sample.drawn_by or 'a command'}",
        }


class SampleDiscard(AboutSample, FormPage[Sample]):
    """Drawn again with a reason, while nothing is judged."""

    allowed_roles = MODERATION_LEAD
    form_class = DiscardForm
    template_name = "moderation/sample_discard.html"

    def why_closed(self) -> str | Sequence[str]:
        return sample_actions(self.found, self.user).why_not("discard")

    def context(self) -> dict[str, Any]:
        return {"sample": self.found}

    def act(self, form: DiscardForm) -> str:
        discard_sample(sample=self.found, by=self.user, **form.cleaned_data)
        return "Discarded. You can draw another sample of the collection."


class SampleAssign(AboutSample, FormPage[Sample]):
    """Spreads the unassigned cases over the moderators."""

    allowed_roles = MODERATION_LEAD
    form_class = ShareForm
    template_name = "moderation/sample_assign.html"

    def context(self) -> dict[str, Any]:
        return {
            "sample": self.found,
            "quadrants": progress_by_quadrant(self.found),
            "moderators": work_by_moderator(self.found),
        }

    def act(self, form: ShareForm) -> str:
        share, across = form.cleaned_data["share"], form.cleaned_data["across"] or Decimal(0)
        done = assign_cases(sample=self.found, by=self.user, share=share, across=across)
        if done.left:
            messages.warning(
                self.request,
                f"Cases nobody could be given: {number(done.left)}. Their quadrant has no "
                "moderator, or only people who are away or work or worked for the school.",
            )
        return (
            f"Cases given to a moderator: {number(done.first)}. "
            f"To a second moderator: {number(done.second)}."
        )


class SamplePopulation(AboutSample):
    """The whole frozen population as CSV, for repeating the draw (M2)."""

    allowed_roles = MODERATION_OVERSIGHT

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        sample = self.found
        if reasons := sample_actions(sample, self.user).why_not("population"):
            return self.refused(RefusalError(*reasons))
        note_bands_seen(sample=sample, person=self.user)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"sample-{sample.collection.code}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        write_population(frozen_population(sample), response)
        return response


class AboutResults(AboutSample, Page[Sample], abstract=True):
    """For whoever has judged their cases; `?for=publication` hides small counts (M7, M9)."""

    allowed_roles = MODERATION_OVERSIGHT

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if reasons := sample_actions(self.found, self.user).why_not("results"):
            return self.refused(RefusalError(*reasons))
        return self.answer()

    def answer(self) -> HttpResponse:
        return super().get(self.request)

    @property
    def publishing(self) -> bool:
        return self.request.GET.get("for") == "publication"

    def results(self) -> ShownResults:
        results = results_of(self.found)
        return PublishedResults(results) if self.publishing else ShownResults(results)


class SampleResults(AboutResults):
    """Agreement statistics."""

    template_name = "moderation/sample_results.html"

    def context(self) -> dict[str, Any]:
        publishing = self.publishing
        return {
            "sample": self.found,
            "progress": progress_of(self.found),
            "results": self.results(),
            "publishing": publishing,
            "spread": [] if publishing else spread_bars(spread_of(self.found)),
            "formats": ResultsFormat.choices,
            "together": Sample.objects.counted_with(self.found).count(),
        }


class SampleResultsFile(AboutResults):
    """The same figures as CSV or Excel, and each school’s."""

    def answer(self) -> HttpResponse:
        form = self.kwargs["form"]
        if form not in ResultsFormat.values:
            raise Http404
        shown, sample = self.results(), self.found
        if self.publishing:
            return results_response(sample, shown, [], [], form)
        return results_response(
            sample, shown, judged_schools(sample), spread_of(sample) or [], form
        )
