"""The base of pages about a school, named by `pk` in the address."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from banding_portal.pages.base import About
from schools.models import School


class AboutSchool(About[School], abstract=True):
    def school_of_page(self) -> School:
        return self.found

    def at_other_schools(self, schools: Collection[School]) -> dict[UUID, str]:
        """The same page of those where the person holds a role for it."""
        match = self.request.resolver_match
        roles = self.user.school_ids_as(*self.allowed_roles)
        if not match:
            return {}
        own = [each.pk for each in schools if each.pk in roles]
        return {pk: reverse(match.view_name, args=[pk]) for pk in own}
