"""Schools and quadrants."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import AUTHORITY_ROLES, EVERYONE, Role
from schools.forms.register import AssignForm, QuadrantForm, SchoolFilterForm, SchoolQuadrantForm
from schools.models import School
from schools.selectors.register import (
    people_of,
    pupils_on_roll,
    quadrants_with_counts,
    relations_of,
    schools_matching,
)
from schools.services.quadrants import assign_schools, create_quadrant

PAGE = 50


class SchoolList(PortalView):
    """Schools, searched and filtered. Administrators tick some and POST their quadrant."""

    allowed_roles = AUTHORITY_ROLES | {Role.INCLUSION_PARTNER}
    write_roles = (Role.ADMINISTRATOR,)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, AssignForm(request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AssignForm(request.user, request.POST)
        if not form.is_valid():
            return self.show(request, form)
        quadrant = form.cleaned_data["quadrant"]
        moved = assign_schools(schools=form.cleaned_data["schools"], quadrant=quadrant)
        noun = "school is" if moved == 1 else "schools are"
        where = f"in {quadrant}" if quadrant else "in no quadrant"
        messages.success(request, f"{moved} {noun} now {where}.")
        return redirect(request.get_full_path())

    def show(self, request: HttpRequest, form: AssignForm) -> HttpResponse:
        filter_form = SchoolFilterForm(request.GET)
        schools = schools_matching(request.user, filter_form.filters())
        context = {
            "filter_form": filter_form,
            "page_obj": Paginator(schools, PAGE).get_page(request.GET.get("page")),
            "form": form,
            "can_assign": request.user.has_role(Role.ADMINISTRATOR),
        }
        return render(request, "schools/school_list.html", context)


class SchoolDetail(PortalView):
    """One school: details, links, people. Administrators set its quadrant here too."""

    allowed_roles = EVERYONE
    write_roles = (Role.ADMINISTRATOR,)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        visible = School.objects.visible_to(request.user).select_related("quadrant")
        school = get_object_or_404(visible, pk=pk)
        may_list = request.user.has_role(*SchoolList.allowed_roles)
        context = {
            "school": school,
            "up": reverse("schools:school_list" if may_list else "home"),
            "relations": relations_of(school, request.user),
            "people": people_of(school),
            "pupil_count": pupils_on_roll(school, timezone.localdate()),
            "can_assign": request.user.has_role(Role.ADMINISTRATOR),
            "assign_form": SchoolQuadrantForm(initial={"quadrant": school.quadrant_id}),
        }
        return render(request, "schools/school_detail.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
        form = SchoolQuadrantForm(request.POST)
        if form.is_valid():
            assign_schools(schools=[school], quadrant=form.cleaned_data["quadrant"])
            messages.success(request, "The quadrant is saved.")
        return redirect(request.path)


class QuadrantList(PortalView):
    """The quadrants, and a form to make one."""

    allowed_roles = (Role.ADMINISTRATOR, Role.MODERATION_LEAD, Role.AUDITOR)
    write_roles = (Role.ADMINISTRATOR,)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, QuadrantForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = QuadrantForm(request.POST)
        if form.is_valid():
            try:
                quadrant = create_quadrant(name=form.cleaned_data["name"])
            except RefusalError as problem:
                form.add_error("name", str(problem))
            else:
                messages.success(request, f"{quadrant} is there. Now put schools into it.")
                return redirect(request.path)
        return self.show(request, form)

    def show(self, request: HttpRequest, form: QuadrantForm) -> HttpResponse:
        context = {
            "quadrants": quadrants_with_counts(),
            "form": form,
            "can_create": request.user.has_role(Role.ADMINISTRATOR),
        }
        return render(request, "schools/quadrant_list.html", context)
