"""What one may do in funding now: one answer for the pages and for the services (F6, F7)."""

import datetime as dt

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.actions import (
    AT_WORK_NOW,
    NOT_CALCULATED_AGAIN,
    NOT_CLEARED,
    OUTDATED,
    PUBLISHED_ALREADY,
    TO_BE_SENT,
    actions_on_funding,
    next_action,
    run_actions,
)
from funding.choices import RunState
from funding.models import Period, Run
from funding.selectors.periods import periods_with_runs
from funding.services.calculations import start_calculation
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_back, send_for_checking
from schools.models import User
from tests.factories import MembershipFactory, PeriodFactory, UserFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published, sent_anyway

pytestmark = pytest.mark.django_db
NOTHING_TO_SEND_BACK = "Only a run that is being checked can be sent back."
PREPARING = ["calculate", "values", "clear", "send", "delete"]


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def authoriser(db):
    return person(Role.FINANCE_AUTHORISER)


@pytest.fixture
def period(db):
    set_value()
    funded_pupil()
    return PeriodFactory()


def somebody(*roles: str) -> User:
    user = UserFactory()
    for role in roles:
        MembershipFactory(user=user, role=role)
    return user


def spring_of(autumn: Period) -> Period:
    start, end = dt.date(2027, 1, 1), dt.date(2027, 3, 31)
    return PeriodFactory(
        calendar=autumn.calendar, code="2027-spring", start=start, end=end, count_date=start
    )


def names(actions) -> list[str]:
    return [action.name for action in actions]


def possible(actions) -> list[str]:
    return [action.name for action in actions if action.is_possible]


def outdated(run: Run) -> Run:
    """As a calendar that was replaced leaves a draft: without lines and without their hash."""
    run.lines.all().delete()
    Run.objects.filter(pk=run.pk).update(lines_hash="", inputs_hash="")
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("roles", "opened"),
    [
        ([Role.FINANCE_OFFICER], [*PREPARING, "send_back"]),
        ([Role.FINANCE_AUTHORISER], ["publish", "send_back"]),
        ([Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER], [*PREPARING, "publish", "send_back"]),
        ([Role.AUDITOR], []),
        ([Role.SEND_OFFICER], []),
        ([], []),
    ],
)
def test_roles_open_actions_on_a_run(roles, opened, period):
    assert names(run_actions(draft(period), somebody(*roles))) == opened


def test_draft_is_calculated_cleared_and_sent(period, officer, authoriser):
    run = draft(period)
    assert possible(run_actions(run, officer)) == PREPARING
    assert possible(run_actions(run, authoriser)) == []


def test_run_being_checked_is_sent_back_or_published(period, officer, authoriser):
    run = checked(period)
    assert possible(run_actions(run, officer)) == ["send_back"]
    assert possible(run_actions(run, authoriser)) == ["publish", "send_back"]


def test_published_run_is_final(period, officer, authoriser):
    run = published(period)
    assert possible(run_actions(run, officer)) == []
    assert possible(run_actions(run, authoriser)) == []


@pytest.mark.parametrize(
    ("state", "name", "sentence"),
    [
        ("checked", "calculate", NOT_CALCULATED_AGAIN[RunState.CHECKED]),
        ("checked", "values", NOT_CALCULATED_AGAIN[RunState.CHECKED]),
        ("checked", "clear", NOT_CLEARED[RunState.CHECKED]),
        ("checked", "send", "A run that is “Being checked” cannot become “Being checked”."),
        ("published", "calculate", NOT_CALCULATED_AGAIN[RunState.PUBLISHED]),
        ("published", "clear", PUBLISHED_ALREADY),
        ("published", "send", PUBLISHED_ALREADY),
        ("published", "send_back", NOTHING_TO_SEND_BACK),
        ("draft", "send_back", NOTHING_TO_SEND_BACK),
    ],
)
def test_each_state_says_why_not(state, name, sentence, period, officer):
    run = {"draft": draft, "checked": checked, "published": published}[state](period)
    assert run_actions(run, officer).why_not(name) == [sentence]


@pytest.mark.parametrize("make", [draft, checked, published])
def test_authoriser_is_told_why_a_run_is_not_published(make, period, authoriser):
    expected = {"draft": [TO_BE_SENT], "checked": [], "published": [PUBLISHED_ALREADY]}
    run = make(period)
    assert run_actions(run, authoriser).why_not("publish") == expected[run.state]


def test_own_run_and_its_content_are_told_together(period):
    both = somebody(Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER)
    funded_pupil(code=None)
    run = sent_anyway(period, by=both)
    assert run_actions(run, both).why_not("publish") == [
        "You prepared this run. Somebody else has to publish it.",
        "1 exception is not cleared yet.",
    ]


def test_run_with_something_left_is_not_sent(period, officer):
    funded_pupil(code="A")
    run = draft(period)
    reasons = ["1 line is on a band without a value. Set the values first."]
    assert run_actions(run, officer).why_not("send") == reasons
    with pytest.raises(RefusalError) as refused:
        send_for_checking(run=run, by=officer)
    assert list(refused.value.problems) == reasons


def test_run_whose_calendar_changed_is_calculated_before_all(period, officer):
    run = outdated(draft(period))
    can = run_actions(run, officer)
    assert can.why_not("send") == [OUTDATED]
    assert can.may("calculate")


def test_run_at_work_waits(period, officer):
    run = draft(period)
    start_calculation(period=period, by=officer)
    can = run_actions(run, officer)
    assert {name: can.why_not(name) for name in PREPARING} == {
        name: [AT_WORK_NOW] for name in PREPARING
    }


def test_calculation_of_another_period_keeps_nobody_waiting(period, officer):
    run = draft(period)
    other = spring_of(period)
    start_calculation(period=other, by=officer)
    assert possible(run_actions(run, officer)) == PREPARING


@pytest.mark.parametrize(
    ("make", "service"),
    [(draft, send_for_checking), (checked, send_back), (checked, publish_run)],
)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SEND_OFFICER, Role.ADMINISTRATOR])
def test_service_refuses_another_role(make, service, role, period):
    run = make(period)
    before = run.state
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        service(run=run, by=person(role))
    run.refresh_from_db()
    assert run.state == before


def test_officer_does_not_publish_nor_authoriser_clear(period, officer, authoriser):
    run = checked(period)
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        publish_run(run=run, by=officer)
    funded_pupil(code=None)
    other = draft(spring_of(period))
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        clear_exceptions(run=other, kind="no_agreed_band", reason="Known", by=authoriser)
    assert not Run.objects.filter(state=RunState.PUBLISHED).exists()
    assert not other.exceptions.filter(cleared_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        (
            Role.FINANCE_OFFICER,
            [
                *("calculate", "load_calendar", "set_value", "uplift_values", "load_values"),
                *("load_school_days", "set_policy"),
            ],
        ),
        (Role.FINANCE_AUTHORISER, []),
        (Role.AUDITOR, []),
    ],
)
def test_only_the_officer_changes_what_payment_rests_on(role, opened):
    assert names(actions_on_funding(person(role))) == opened


def words(user) -> list[str]:
    return [action.words for action in next_action(periods_with_runs(user), user)]


def test_next_thing_leads_from_the_calendar_to_publishing(officer, authoriser):
    assert (words(officer), words(authoriser)) == (["Upload a payment calendar"], [])
    set_value()
    funded_pupil()
    period = PeriodFactory(name="Autumn term")
    assert (words(officer), words(authoriser)) == (["Calculate autumn term"], [])
    run = draft(period)
    assert (words(officer), words(authoriser)) == (["Go on with autumn term"], [])
    send_for_checking(run=run, by=officer)
    assert (words(officer), words(authoriser)) == ([], ["Check autumn term"])
    publish_run(run=run, by=authoriser)
    assert (words(officer), words(authoriser)) == ([], [])
