"""The case or sample a page is about, as the person may see it."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages.base import About
from moderation.models import Case, Sample
from moderation.models.cases import CaseQuerySet
from moderation.selectors.blind import BlindCase, blind_cases


class AboutSample(About[Sample], abstract=True):
    def find(self) -> Sample:
        samples = Sample.objects.visible_to(self.user)
        with_words = samples.select_related("collection__framework", "drawn_by")
        return get_object_or_404(with_words, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("moderation:sample_detail", args=[self.found.pk])


class AboutCase(About[Case], abstract=True):
    """For services, and for pages that make sure what may be shown of the case (M4)."""

    def find(self) -> Case:
        return get_object_or_404(self.cases(), pk=self.kwargs["pk"])

    def cases(self) -> CaseQuerySet:
        return Case.objects.visible_to(self.user)

    def next_url(self) -> str:
        return case_url(self.found)


def case_url(case: Case | BlindCase) -> str:
    return reverse("moderation:case_detail", args=[case.pk])


def blind_or_404(cases: CaseQuerySet, pk: UUID) -> BlindCase:
    found = blind_cases(cases.filter(pk=pk))
    if not found:
        raise Http404
    return found[0]
