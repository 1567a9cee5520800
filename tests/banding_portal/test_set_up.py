"""The first hour: what an administrator still has to set up, and in which order (home page)."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.public_texts.models import PublicText
from banding_portal.roles import EVERYONE, Role
from banding_portal.set_up import set_up_for
from funding.models import FundingPolicy
from schools.choices import RegisterKind, SchoolStatus
from schools.models import RegisterUpload, SchoolLink
from schools.set_up import NEEDED_ROLES
from tests.factories import (
    BandValueFactory,
    CollectionFactory,
    FrameworkFactory,
    MembershipFactory,
    PeriodFactory,
    PupilFactory,
    QuadrantFactory,
    SchoolFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return person(Role.ADMINISTRATOR)


def steps(user):
    return {step.name: step for step in set_up_for(user).steps}


def hold(*roles):
    """Each role held by somebody, with the place it needs."""
    school, quadrant = SchoolFactory(), QuadrantFactory()
    places = {Role.SENCO: {"school": school}, Role.MODERATOR: {"quadrant": quadrant}}
    return [person(role, **places.get(role, {})) for role in roles]


def policy(framework):
    FundingPolicy.objects.create(
        sector="mainstream", framework=framework, effective_from=dt.date(2026, 9, 1)
    )


def whole_portal():
    """Everything that is to be set up, once each."""
    hold(*NEEDED_ROLES)
    FrameworkFactory()
    PupilFactory()
    BandValueFactory()
    PeriodFactory()
    policy(FrameworkFactory())
    CollectionFactory()
    for kind in ("contact", "privacy"):
        PublicText.objects.create(kind=kind, text="Our own")


def test_empty_installation_shows_every_step_in_order_with_its_button(admin):
    set_up = set_up_for(admin)
    assert [step.name for step in set_up.steps] == settings.SET_UP_ORDER
    assert (set_up.done, set_up.next_step.name) == (0, "register")
    assert all(step.url and step.action and step.text for step in set_up.steps)


def test_every_button_leads_to_a_page_the_administrator_may_open(admin, client):
    client.force_login(admin)
    answers = {step.name: client.get(step.url).status_code for step in set_up_for(admin).steps}
    assert set(answers.values()) == {200}


def test_nothing_is_shown_once_everything_is_there(admin):
    whole_portal()
    assert set_up_for(admin) is None


@pytest.mark.parametrize("role", sorted(EVERYONE - {Role.ADMINISTRATOR}))
def test_nobody_else_is_asked_to_set_up(role):
    places = {"school": SchoolFactory()} if role in (
        Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE, Role.INCLUSION_PARTNER
    ) else {}  # fmt: skip
    places |= {"quadrant": QuadrantFactory()} if role == Role.MODERATOR else {}
    assert set_up_for(person(role, **places)) is None


def test_register_is_done_with_a_school(admin):
    assert "Everything else needs them" in steps(admin)["register"].text
    SchoolFactory.create_batch(2)
    done = steps(admin)["register"]
    assert (done.is_done, done.text) == (True, "2 schools")


def test_links_are_needed_once_a_school_has_closed(admin):
    assert not steps(admin)["links"].is_done
    school = SchoolFactory()
    assert steps(admin)["links"].text == "None needed yet: no school here has closed"
    assert steps(admin)["links"].is_done
    school.status, school.closed_on = SchoolStatus.CLOSED, dt.date(2026, 8, 31)
    school.save()
    assert not steps(admin)["links"].is_done
    SchoolLink.objects.create(school=school, linked_urn="100009", kind="Successor")
    assert (steps(admin)["links"].is_done, steps(admin)["links"].text) == (True, "1 link")


def test_links_file_that_fits_no_school_is_done_all_the_same(admin):
    SchoolFactory(status=SchoolStatus.CLOSED)
    upload = RegisterUpload(kind=RegisterKind.LINKS, started_by=admin, state=JobState.DONE)
    upload.set_file("links.csv", b"x")
    upload.save()
    assert (steps(admin)["links"].is_done, steps(admin)["links"].text) == (True, "0 links")


def test_links_button_opens_the_page_with_links_chosen(admin, client):
    client.force_login(admin)
    chosen = re.compile(r'<input[^>]*value="links"[^>]*checked|checked[^>]*value="links"')
    assert chosen.search(client.get(steps(admin)["links"].url).text)
    assert not chosen.search(client.get(reverse("schools:register_upload") + "?kind=x").text)


def test_quadrants_are_done_when_a_school_is_in_one(admin):
    school = SchoolFactory(quadrant=None)
    assert steps(admin)["quadrants"].action == "Add quadrants"
    quadrant = QuadrantFactory()
    step = steps(admin)["quadrants"]
    assert (step.is_done, step.text) == (False, "1 quadrant, and no school in any of them.")
    assert step.url == reverse("schools:school_list") + "?quadrant=none"
    school.quadrant = quadrant
    school.save()
    SchoolFactory(quadrant=None)
    step = steps(admin)["quadrants"]
    assert (step.is_done, step.text) == (True, "1 quadrant, 1 open school in none")


def test_people_step_names_the_roles_nobody_holds(admin):
    text = steps(admin)["people"].text
    assert text.startswith("Nobody yet as SEND operations officer, SENCO, Moderation lead, ")
    assert text.endswith("Finance officer or Finance authoriser.")
    hold(*NEEDED_ROLES[:-1])
    assert steps(admin)["people"].text == "Nobody yet as Finance authoriser."
    hold(NEEDED_ROLES[-1])
    assert steps(admin)["people"].is_done


def test_role_that_has_ended_or_whose_person_left_is_held_by_nobody(admin):
    *_, authoriser = hold(*NEEDED_ROLES)
    authoriser.memberships.update(ended_on=dt.date(2026, 1, 1))
    assert steps(admin)["people"].text == "Nobody yet as Finance authoriser."
    gone = UserFactory(is_active=False)
    MembershipFactory(user=gone, role=Role.FINANCE_AUTHORISER)
    assert not steps(admin)["people"].is_done


def test_values_not_known_yet_are_no_values(admin):
    BandValueFactory(annual_value=None)
    assert not steps(admin)["values"].is_done
    BandValueFactory(annual_value=100, effective_from=dt.date(2026, 9, 1))
    assert (steps(admin)["values"].is_done, steps(admin)["values"].text) == (True, "1 value")


def test_policy_is_needed_only_between_several_frameworks(admin):
    assert not steps(admin)["policy"].is_done
    FrameworkFactory(code="old", version="1")
    FrameworkFactory(code="old", version="2")
    assert "one framework" in steps(admin)["policy"].text
    assert steps(admin)["policy"].is_done
    other = FrameworkFactory(code="new")
    assert not steps(admin)["policy"].is_done
    policy(other)
    assert (steps(admin)["policy"].is_done, steps(admin)["policy"].text) == (True, "1 entry")


def test_what_finance_does_leads_to_whoever_may_do_it(admin):
    values = steps(admin)["values"]
    assert values.action == "Find a finance officer"
    assert values.url == reverse("schools:person_list") + "?role=finance_officer"
    MembershipFactory(user=admin, role=Role.FINANCE_OFFICER)
    del admin.current_memberships, admin.roles
    values = steps(admin)["values"]
    assert (values.action, values.url) == (
        "Upload the band values",
        reverse("funding:value_upload"),
    )


def test_home_greets_the_administrator_until_all_is_done(admin, client):
    client.force_login(admin)
    page = client.get(reverse("home")).text
    assert "Next to set up" in page
    assert "0 of 11 steps done" in page
    assert "Nothing is due from you" not in page
    assert page.count("To do</strong>") == 11
    whole_portal()
    page = client.get(reverse("home")).text
    assert ("Next to set up" in page, "Before the first collection" in page) == (False, False)


def test_home_says_which_steps_are_done(admin, client):
    SchoolFactory()
    FrameworkFactory()
    client.force_login(admin)
    page = client.get(reverse("home")).text
    done = re.findall(r"<strong>([^<]+)</strong> <strong class=\"govuk-tag[^>]*>Done",
                      re.sub(r"\s+", " ", page))  # fmt: skip
    assert done == ["Schools", "Links between schools", "Quadrants", "Frameworks",
                    "Funding policy"]  # fmt: skip
    assert "5 of 11 steps done" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_as_many_queries_however_much_is_there(
    admin, client, rows, django_assert_num_queries
):
    SchoolFactory.create_batch(rows)
    PupilFactory.create_batch(rows)
    client.force_login(admin)
    with django_assert_num_queries(14):
        client.get(reverse("home"))


def test_home_has_one_green_button_and_what_is_due_stands_first(admin, client):
    CollectionFactory()
    SchoolFactory(quadrant=None)
    client.force_login(admin)
    page = client.get(reverse("home")).text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert main.count('class="govuk-button"') == 1
    assert main.index("Due next") < main.index("Next to set up")
    assert "Before the first collection" not in main
