"""Schools and quadrants."""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import FormPage, ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import (
    ADMINISTRATOR,
    AUDITOR,
    AUTHORITY_ROLES,
    EVERYONE,
    HEADTEACHER,
    INCLUSION_PARTNER,
    MODERATION_LEAD,
    Role,
)
from schools.actions.people import staff_actions
from schools.actions.register import actions_on_quadrants, actions_on_schools, school_actions
from schools.choices import ContactKind
from schools.contacts.actions import actions_on_contacts, contact_actions
from schools.contacts.selectors import contacts_of, last_confirmation
from schools.forms.register import AssignForm, QuadrantForm, SchoolFilterForm, SchoolQuadrantForm
from schools.models import Quadrant, School, User
from schools.selectors.register import (
    people_of,
    pupils_on_roll,
    quadrants_with_counts,
    relations_of,
    schools_matching,
)
from schools.services.quadrants import (
    assign_schools,
    create_quadrant,
    remove_quadrant,
    rename_quadrant,
)
from schools.views.about_school import AboutSchool


class SchoolList(FormPage[None], ListPage[None]):
    """Schools, searched and filtered. Administrators tick some and POST their quadrant."""

    allowed_roles = AUTHORITY_ROLES | INCLUSION_PARTNER
    write_roles = ADMINISTRATOR
    template_name = "schools/school_list.html"
    filter_class = SchoolFilterForm
    form_class = AssignForm
    usual = "school"
    orders: ClassVar = {
        "school": by("name"),
        "urn": by("urn"),
        "dfe_number": by("la_code", "establishment_number"),
        "town": by("town", "name"),
        "sector": by("sector", "name"),
        "quadrant": by("quadrant__name", "name"),
        "status": by("status", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[School]:
        return schools_matching(self.user, wanted)

    def form_options(self) -> dict[str, Any]:
        return {"user": self.user, "count": self.page_obj.paginator.count}

    def act(self, form: AssignForm) -> str:
        quadrant = form.cleaned_data["quadrant"]
        everything = form.cleaned_data["everything"]
        ticked = self.rows(self.wanted) if everything else form.cleaned_data["schools"]
        moved = assign_schools(schools=ticked, quadrant=quadrant, by=self.user)
        noun = "school is" if moved == 1 else "schools are"
        return f"{moved} {noun} now {f'in {quadrant}' if quadrant else 'in no quadrant'}."

    def next_url(self) -> str:
        return self.request.get_full_path()

    def context(self) -> dict[str, Any]:
        more = actions_on_contacts(self.user)
        return {"can": actions_on_schools(self.user), "more": more}


class SchoolDetail(AboutSchool, FormPage[School]):
    """One school: details, links, people. Administrators set its quadrant here too."""

    allowed_roles = EVERYONE
    write_roles = ADMINISTRATOR
    template_name = "schools/school_detail.html"
    form_class = SchoolQuadrantForm

    def find(self) -> School:
        visible = School.objects.visible_to(self.user).select_related("quadrant")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"quadrant": self.found.quadrant_id}

    def act(self, form: SchoolQuadrantForm) -> str:
        quadrant = form.cleaned_data["quadrant"]
        assign_schools(schools=[self.found], quadrant=quadrant, by=self.user)
        return "The quadrant is saved."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        may_list = self.user.has_role(*SchoolList.allowed_roles)
        return {
            "school": self.found,
            "can": school_actions(self.found, self.user),
            "up": reverse("schools:school_list" if may_list else "home"),
            "relations": relations_of(self.found, self.user),
            "people": people_of(self.found),
            "staff_can": staff_actions(self.found, self.user),
            "former_sectors": self.found.former_sectors.order_by("-until"),
            "pupil_count": pupils_on_roll(self.found, timezone.localdate()),
        } | contacts_shown(self.found, self.user)


def contacts_shown(school: School, user: User) -> dict[str, Any]:
    """Whom to speak to at a school, and how sure that is; nothing for what is no school."""
    if school.arrangement:
        return {}
    kept = contacts_of([school.pk]).get(school.pk, {})
    return {
        "contacts": [(kind.label, kept.get(kind)) for kind in ContactKind],
        "confirmed": last_confirmation(school),
        "contacts_can": contact_actions(school, user),
    }


class QuadrantEdit(FormPage[Quadrant]):
    """Another name for a quadrant, or none of it."""

    allowed_roles = ADMINISTRATOR
    template_name = "schools/quadrant_edit.html"
    form_class = QuadrantForm

    def find(self) -> Quadrant:
        return get_object_or_404(Quadrant, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.found.name}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" in self.request.POST:
            return self.attempt(self.remove)
        return super().post(*args, **kwargs)

    def remove(self) -> str:
        remove_quadrant(quadrant=self.found, by=self.user)
        return f"{self.found.name} is removed."

    def act(self, form: QuadrantForm) -> str:
        renamed = rename_quadrant(quadrant=self.found, name=form.cleaned_data["name"], by=self.user)
        return f"The quadrant is called {renamed} now."

    def next_url(self) -> str:
        return reverse("schools:quadrant_list")

    def context(self) -> dict[str, Any]:
        return {"quadrant": self.found, "parent_url": self.next_url()}


class QuadrantList(FormPage[None]):
    """The quadrants, and a form to make one."""

    allowed_roles = ADMINISTRATOR | MODERATION_LEAD | AUDITOR
    write_roles = ADMINISTRATOR
    template_name = "schools/quadrant_list.html"
    form_class = QuadrantForm

    def act(self, form: QuadrantForm) -> str:
        quadrant = create_quadrant(name=form.cleaned_data["name"], by=self.user)
        return f"{quadrant} has been added. Now put schools into it."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        return {"quadrants": quadrants_with_counts(), "can": actions_on_quadrants(self.user)}


class PeopleOfOwnSchools(Page[None]):
    """To the people of the headteacher's school, or of which of several."""

    allowed_roles = HEADTEACHER
    template_name = "schools/own_staff.html"

    @cached_property
    def schools(self) -> list[School]:
        return list(School.objects.filter(pk__in=self.user.school_ids_as(Role.HEADTEACHER)))

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if len(self.schools) == 1:
            return redirect("schools:staff_list", self.schools[0].pk)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"schools": self.schools}
