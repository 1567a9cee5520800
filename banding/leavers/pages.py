"""The base of pages about one of the person's own schools: 404 for any other."""

from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.chosen_school import address_at
from schools.models import School
from schools.views.about_school import AboutSchool


class AtSchool(AboutSchool, abstract=True):
    """Out of a return: the school is named by `pk` in the address."""

    own_roles: Collection[str]

    def find(self) -> School:
        own = School.objects.filter(pk__in=self.user.school_ids_as(*self.own_roles))
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return address_at(reverse("banding:told_list"), self.found, self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"school": self.found}
