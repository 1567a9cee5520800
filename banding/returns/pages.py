"""The bases of pages about a return: 404 out of scope, 403 with the wrong role at its school."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.models import Return, ReturnPupil
from banding_portal.access import WrongRole
from banding_portal.pages.base import About, Found
from banding_portal.roles import RETURN_READERS
from schools.models import School


class AtReturn(About[Found], abstract=True):
    """A page about something that belongs to a return."""

    own_roles: Collection[str] | None = None
    """Roles of which the person holds one at the return's own school."""
    own_write_roles: Collection[str] | None = None
    """The same, for the methods that change something, where reading is wider."""
    shows_pupils = False
    """Only for those who may see the pupils of the return."""

    @property
    def pupil_return(self) -> Return:
        raise NotImplementedError

    def prepare(self) -> None:
        super().prepare()
        roles = self.own_roles if self.is_reading else (self.own_write_roles or self.own_roles)
        if roles is not None and not self.pupil_return.is_own(self.user, roles):
            raise WrongRole(roles)
        if self.shows_pupils and not self.pupil_return.shows_pupils_to(self.user):
            raise WrongRole(RETURN_READERS)

    def next_url(self) -> str:
        return reverse("banding:return_detail", args=[self.pupil_return.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What every page of a return shows around itself."""
        collection = self.pupil_return.collection
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            "pupil_return": self.pupil_return,
            "collection": collection,
            "band_total": self.band_total(),
        } | shown

    def band_total(self) -> int:
        """Bands of the framework, by which the colour of one is chosen."""
        return self.pupil_return.collection.framework.bands.count()

    def school_of_page(self) -> School:
        return self.pupil_return.school

    def at_other_schools(self, schools: Collection[School]) -> dict[UUID, str]:
        """Their returns of the same collection."""
        found = Return.objects.visible_to(self.user).filter(
            collection=self.pupil_return.collection, school__in=schools
        )
        known = found.values_list("school", "pk")
        return {school: reverse("banding:return_detail", args=[pk]) for school, pk in known}


class AboutReturn(AtReturn[Return], abstract=True):
    """A page about a return, named by `pk` in the address."""

    def find(self) -> Return:
        found = Return.objects.visible_to(self.user).select_related(
            "collection__framework", "school"
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def pupil_return(self) -> Return:
        return self.found


class AboutReturnPupil(AtReturn[ReturnPupil], abstract=True):
    """A page about a pupil on a return."""

    shows_pupils = True

    def find(self) -> ReturnPupil:
        found = ReturnPupil.objects.visible_to(self.user).select_related(
            "pupil", "pupil_return__collection__framework", "pupil_return__school"
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def pupil_return(self) -> Return:
        return self.found.pupil_return

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.found}
