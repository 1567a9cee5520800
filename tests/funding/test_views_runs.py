"""Pages of runs: from picking a period to publishing, and why a run can't be published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.roles import Role
from funding.models import Run, RunCalculation
from tests.factories import PeriodFactory, PlacementFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published, sent_anyway
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def page_of(name: str, run: Run) -> str:
    return reverse(f"funding:{name}", args=[run.pk])


def calculated(client, url: str, **data):
    """Ask for a calculation, let the worker come, and look again: the answer in the end."""
    followed = client.post(url, data).url
    work_on(RunCalculation.objects.get())
    return client.get(followed, follow=True)


def test_officer_calculates_a_period_and_sends_it(period, officer):
    funded_pupil()
    response = calculated(officer, reverse("funding:run_create"), period=period.code)
    run = Run.objects.get()
    assertRedirects(response, page_of("run_detail", run))
    assertContains(response, "Calculated: 1 line, control total £1,220.00.")
    assertContains(response, "Send for checking")
    response = officer.post(page_of("run_send", run), follow=True)
    assertContains(response, "Sent for checking. Somebody else can publish it now.")
    assert (run.prepared_by, Run.objects.get().state) == (officer.user, "checked")


def test_calculating_again_is_asked_first(period, officer):
    funded_pupil()
    run = draft(period)
    response = officer.post(reverse("funding:run_create"), {"period": period.code})
    assertRedirects(response, page_of("run_calculate", run))
    funded_pupil()
    response = calculated(officer, page_of("run_calculate", run))
    assertContains(response, "Calculated: 2 lines, control total £2,440.00.")


def test_a_run_being_checked_is_not_calculated_again(period, officer):
    funded_pupil()
    run = checked(period)
    response = officer.post(page_of("run_calculate", run), follow=True)
    assertContains(response, "This run is being checked. Send it back before")
    response = officer.post(reverse("funding:run_create"), {"period": period.code})
    assertContains(response, "Error: ")
    assertContains(response, "This run is being checked. Send it back before")


def test_a_published_run_is_not_calculated_again_from_its_page(period, officer):
    funded_pupil()
    run = published(period)
    response = officer.post(page_of("run_calculate", run), follow=True)
    assertContains(response, "This run is published and never changes.")
    assert Run.objects.count() == 1


def test_authoriser_sees_the_control_total_and_publishes(period, sign_in):
    funded_pupil()
    run = checked(period)
    client = sign_in(Role.FINANCE_AUTHORISER)
    assertContains(client.get(page_of("run_detail", run)), page_of("run_publish", run))
    assertContains(client.get(page_of("run_publish", run)), "£1,220.00")
    response = client.post(page_of("run_publish", run), follow=True)
    assertContains(response, "Published: Autumn term 2026, £1,220.00.")
    again = client.post(page_of("run_publish", run), follow=True)
    assertContains(again, "This run is published already.")


def test_every_reason_against_publishing_is_said(period, client):
    both = person(Role.FINANCE_OFFICER)
    both.memberships.create(role=Role.FINANCE_AUTHORISER)
    client.force_login(both)
    funded_pupil(code="A")
    PlacementFactory(pupil=funded_pupil(), school=SchoolFactory(), start=period.start)
    run = sent_anyway(period, both)
    reasons = (
        "You prepared this run. Somebody else has to publish it.",
        "1 line is on a band without a value.",
        "Set the values first.",
        "1 exception is not cleared yet.",
    )
    pages = [client.get(page_of(name, run)) for name in ("run_detail", "run_publish")]
    pages.append(client.post(page_of("run_publish", run), follow=True))
    for response in pages:
        for reason in reasons:
            assertContains(response, reason)
        assertNotContains(response, "Publish this run")
    assert Run.objects.get().state == "checked"


def test_a_draft_says_it_has_to_be_sent_first(period, sign_in):
    funded_pupil()
    response = sign_in(Role.FINANCE_AUTHORISER).get(page_of("run_publish", draft(period)))
    assertContains(response, "This run is a draft. It has to be sent for checking first.")


def test_publishing_asks_who_it_is_where_a_second_factor_is_required(period, sign_in, settings):
    funded_pupil()
    run = checked(period)
    client = sign_in(Role.FINANCE_AUTHORISER)
    client.user.set_password("long enough to keep")
    client.user.save()
    client.force_login(client.user)
    settings.REQUIRE_SECOND_FACTOR = True
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "second_factor" not in name]
    for ask in (client.get, client.post):
        response = ask(page_of("run_publish", run))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_reauthenticate"))
    assert Run.objects.get().state == "checked"


def test_sent_back_by_the_authoriser(period, sign_in):
    funded_pupil()
    run = checked(period)
    response = sign_in(Role.FINANCE_AUTHORISER).post(page_of("run_send_back", run), follow=True)
    assertContains(response, "Sent back. It is a draft again.")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.AUDITOR, "run_send"),
        (Role.AUDITOR, "run_publish"),
        (Role.FINANCE_AUTHORISER, "run_calculate"),
        (Role.FINANCE_AUTHORISER, "run_send"),
        (Role.FINANCE_OFFICER, "run_publish"),
        (Role.SEND_OFFICER, "run_detail"),
    ],
)
def test_other_roles_are_refused(role, name, period, sign_in):
    run = draft(period)
    assert sign_in(role).post(page_of(name, run)).status_code == 403


def test_page_compares_with_the_last_period(period, officer):
    funded_pupil()
    published(period)
    funded_pupil()
    spring = PeriodFactory(
        code="2027-spring",
        name="Spring term 2027",
        start="2027-01-01",
        end="2027-03-31",
        count_date="2027-01-15",
        numerator=3,
    )
    spring.refresh_from_db()
    response = officer.get(page_of("run_detail", draft(spring)))
    assertContains(response, "Change since last term")
    assertContains(response, "+\u2060£915.00")
    assertContains(response, "−£305.00")
    assertContains(response, "+100.0%")


def test_finance_sees_reference_and_upn_but_no_name(period, officer):
    pupil = funded_pupil(surname="Zebedee", upn="A123456789012")
    funded_pupil(pupil.placements.get().school, code=None, surname="Zebedee")
    run = draft(period)
    school = pupil.placements.get().school
    pages = [page_of(n, run) for n in ("line_list", "exception_list", "run_school_list")]
    pages.append(reverse("funding:run_school", args=[run.pk, school.pk]))
    pages.append(reverse("funding:exception_clear", args=[run.pk, run.exceptions.get().pk]))
    for url in pages:
        assertNotContains(officer.get(url), "Zebedee")
    assertContains(officer.get(pages[0]), pupil.reference)
    assertContains(officer.get(pages[0]), "A123456789012")
    assertContains(officer.get(pages[0]), "£1,220.00 = £3,660.00 × 4/12 × 122 of 122 days.")


def test_lines_are_searched_and_filtered(period, officer):
    one, other = funded_pupil(), funded_pupil(code="A")
    run = draft(period)
    url = page_of("line_list", run)
    for query, seen, unseen in (
        (f"search={one.reference}", one, other),
        (f"search={other.placements.get().school.urn}", other, one),
        ("kind=unvalued", other, one),
        (f"band={one.decisions.get().band_id}", one, other),
    ):
        response = officer.get(f"{url}?{query}")
        assertContains(response, seen.reference)
        assertContains(response, "1 line<")
        assertNotContains(response, unseen.reference)
    assertContains(officer.get(f"{url}?search=nobody"), "No lines match")


def test_exceptions_are_cleared_one_by_one_and_all_of_a_kind(period, officer):
    for _ in range(3):
        funded_pupil(code=None)
    run = draft(period)
    url = page_of("exception_list", run)
    first = run.exceptions.first()
    one = reverse("funding:exception_clear", args=[run.pk, first.pk])
    assertContains(officer.post(one, {"reason": " "}), "Say why this can stay as it is")
    assertContains(officer.post(one, {"reason": "With the panel"}, follow=True), "2 left to clear")
    response = officer.post(f"{url}?kind=no_agreed_band", {"kind": "no_agreed_band", "reason": ""})
    assertContains(response, "Say why this can stay as it is")
    why = {"kind": "no_agreed_band", "reason": "All known"}
    asked = officer.post(url, why)
    assertContains(asked, "This clears 2 exceptions with one reason")
    for each in run.exceptions.filter(cleared_at=None):
        assertContains(asked, each.reference)
    assert run.exceptions.filter(cleared_at=None).count() == 2
    seen = asked.context["form"].data["asked_about"]
    other = officer.post(url, why | {"is_right": "on", "asked_about": "others"})
    assertContains(other, "This clears 2 exceptions with one reason")
    response = officer.post(url, why | {"is_right": "on", "asked_about": seen}, follow=True)
    assertContains(response, "Cleared: 2.")
    assert not run.exceptions.filter(cleared_at=None).exists()
    assert officer.get(f"{url}?state=left").context["page_obj"].paginator.count == 0


def test_exceptions_of_a_published_run_are_not_cleared(period, officer):
    funded_pupil()
    run = published(period)
    response = officer.post(
        page_of("exception_list", run), {"kind": "overlap", "reason": "Too late"}
    )
    assertContains(response, "This run is published already")


def test_school_search_and_page(period, officer):
    school = SchoolFactory(name="Beech School")
    funded_pupil(school)
    funded_pupil()
    run = draft(period)
    response = officer.get(f"{page_of('run_school_list', run)}?search=beech")
    assertContains(response, "1 school ")
    page = officer.get(reverse("funding:run_school", args=[run.pk, school.pk]))
    assertContains(page, "On roll from 1 September 2025")


QUERIES = 24


@pytest.mark.parametrize(
    "name",
    ["run_detail", "line_list", "exception_list", "run_school_list", "schedule", "run_publish"],
)
def test_queries_do_not_grow_with_rows(name, period, sign_in, django_assert_max_num_queries):
    counts = []
    client = sign_in(Role.FINANCE_AUTHORISER)
    draft(period)  # so that each is compared with the draft before it
    for pupils in (1, 3):
        for _ in range(pupils):
            funded_pupil()
            funded_pupil(code=None)
        run = draft(period)
        with django_assert_max_num_queries(QUERIES) as found:
            assert client.get(page_of(name, run)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["home", "run_list"])
def test_queries_of_lists_do_not_grow_with_runs(
    name, period, officer, django_assert_max_num_queries
):
    counts = []
    for start in (period, *(None, None)):
        found = start or PeriodFactory(
            code=f"later-{len(counts)}",
            start=f"202{7 + len(counts)}-01-01",
            end=f"202{7 + len(counts)}-03-31",
            count_date=f"202{7 + len(counts)}-01-15",
        )
        found.refresh_from_db()
        draft(found)
        with django_assert_max_num_queries(QUERIES) as queries:
            officer.get(reverse(f"funding:{name}"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_queries_of_a_school_do_not_grow_with_lines(period, officer):
    school, counts = SchoolFactory(), []
    for pupils in (1, 3):
        for _ in range(pupils):
            funded_pupil(school)
        run = draft(period)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            officer.get(reverse("funding:run_school", args=[run.pk, school.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= QUERIES
