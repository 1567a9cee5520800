"""Pages of a sample: work it out, draw it, assign its cases, take its list, see its results."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.models import Collection
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT
from banding_portal.words import day_time, number, percent
from moderation.exports import frozen_population, write_population
from moderation.forms import SampleForm, ShareForm
from moderation.models import Sample
from moderation.selectors.blind import still_judging
from moderation.selectors.population import drawn_strata
from moderation.selectors.progress import progress_by_quadrant, progress_of, work_by_moderator
from moderation.selectors.results import results_of
from moderation.services.assignment import assign_cases
from moderation.services.samples import draw_sample, preview_sample
from moderation.tables import PublishedResults, ShownResults, bars_of, interval_words


def collections_to_sample(request: HttpRequest) -> QuerySet[Collection]:
    drawn = Sample.objects.filter(collection=OuterRef("pk"))
    return Collection.objects.visible_to(request.user).exclude(Exists(drawn))


def sample_for(request: HttpRequest, pk: UUID) -> Sample:
    samples = Sample.objects.visible_to(request.user)
    return get_object_or_404(samples.select_related("collection__framework", "drawn_by"), pk=pk)


class SampleCreateView(PortalView):
    """The numbers for a rate and minimum, recalculated by GET; drawn by POST."""

    allowed_roles = MODERATION_LEAD

    def get(self, request: HttpRequest) -> HttpResponse:
        collections = collections_to_sample(request)
        asked = request.GET if "collection" in request.GET else usual_settings(collections)
        form = SampleForm(asked, collections=collections)
        return self.show(request, form, collections)

    def post(self, request: HttpRequest) -> HttpResponse:
        collections = collections_to_sample(request)
        form = SampleForm(request.POST, collections=collections)
        if not form.is_valid():
            return self.show(request, form, collections)
        try:
            sample = draw_sample(by=request.user, **form.cleaned_data)
        except RefusalError as problem:
            form.add_error(None, str(problem))
            return self.show(request, form, collections)
        messages.success(request, f"Drawn: {number(sample.cases.count())} cases to assign.")
        return redirect("moderation:sample_detail", pk=sample.pk)

    def show(self, request: HttpRequest, form: SampleForm, collections: QuerySet) -> HttpResponse:
        context = {"form": form, "collections": collections, "preview": None}
        settings = form.cleaned_data if form.is_bound and form.is_valid() else None
        if settings:
            chosen = {name: settings[name] for name in ("rate", "minimum")}
            context["preview"] = preview = preview_sample(settings["collection"], **chosen)
            context["preview_interval"] = interval_words(preview.half_width)
            context["drawing"] = {name: form[name].value() for name in form.fields}
        return render(request, "moderation/sample_create.html", context)


def usual_settings(collections: QuerySet[Collection]) -> dict[str, object] | None:
    """The latest collection at 10 %, with a seed from its code."""
    first = collections.first()
    if first is None:
        return None
    return {"collection": first.pk, "rate": "10", "minimum": "1", "seed": first.code}


class SampleDetailView(PortalView):
    """Strata, progress, and what the lead does next."""

    allowed_roles = MODERATION_OVERSIGHT

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sample = sample_for(request, pk)
        quadrants = progress_by_quadrant(sample)
        context = {
            "sample": sample,
            "strata": drawn_strata(sample),
            "progress": progress_of(sample),
            "moderators": work_by_moderator(sample),
            "quadrant_bars": bars_of(quadrants),
            "rate": percent(sample.rate, 2),
            "drawn": f"{day_time(sample.drawn_at)}, by {sample.drawn_by or 'a command'}",
            "may_assign": bool(request.user.roles & MODERATION_LEAD),
            "still_judging": still_judging(request.user, sample),
        }
        return render(request, "moderation/sample_detail.html", context)


class SampleAssignView(PortalView):
    """Spreads the unassigned cases over the moderators."""

    allowed_roles = MODERATION_LEAD

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(request, sample_for(request, pk), ShareForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sample = sample_for(request, pk)
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.show(request, sample, form)
        done = assign_cases(sample=sample, by=request.user, share=form.cleaned_data["share"])
        messages.success(
            request,
            f"Cases given to a moderator: {number(done.first)}. "
            f"To a second moderator: {number(done.second)}.",
        )
        if done.left:
            messages.warning(
                request,
                f"Cases nobody could be given: {number(done.left)}. Their quadrant has no "
                "moderator, or only people who work or worked for the school.",
            )
        return redirect("moderation:sample_detail", pk=sample.pk)

    def show(self, request: HttpRequest, sample: Sample, form: ShareForm) -> HttpResponse:
        context = {
            "sample": sample,
            "form": form,
            "quadrants": progress_by_quadrant(sample),
            "moderators": work_by_moderator(sample),
        }
        return render(request, "moderation/sample_assign.html", context)


class SamplePopulationView(PortalView):
    """The whole frozen population as CSV, for repeating the draw (M2)."""

    allowed_roles = MODERATION_OVERSIGHT

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sample = sample_for(request, pk)
        if still_judging(request.user, sample):
            messages.warning(
                request,
                "The list shows bands. You can download it when you have judged your cases.",
            )
            return redirect("moderation:sample_detail", pk=sample.pk)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"sample-{sample.collection.code}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        write_population(frozen_population(sample), response)
        return response


class SampleResultsView(PortalView):
    """Agreement statistics; `?for=publication` hides small counts (M7)."""

    allowed_roles = MODERATION_OVERSIGHT

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sample = sample_for(request, pk)
        publishing = request.GET.get("for") == "publication"
        results = results_of(sample)
        shown = PublishedResults(results) if publishing else ShownResults(results)
        context = {
            "sample": sample,
            "progress": progress_of(sample),
            "results": shown,
            "publishing": publishing,
        }
        return render(request, "moderation/sample_results.html", context)
