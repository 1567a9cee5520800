"""What a person may do in funding now (rules.md F1, F2, F6, F7)."""

from collections.abc import Callable, Iterator, Mapping

from django.urls import reverse

from banding_portal.actions import Action, Actions, Reasons, actions_for
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER
from banding_portal.words import lower_first
from funding.choices import RunState
from funding.models import Run
from funding.selectors.periods import PeriodRow, next_period
from funding.selectors.readiness import Remedy, Standing
from schools.models import User

AT_WORK_NOW = "This run is being calculated. Wait until that is done."
OUTDATED = "The payment calendar changed after this run. Calculate the run again."
PUBLISHED_ALREADY = "This run is published already."
TO_BE_SENT = "This run is a draft. It has to be sent for checking first."
NOT_CALCULATED_AGAIN = {
    RunState.CHECKED: "This run is being checked. Send it back before you calculate it again.",
    RunState.PUBLISHED: "This run is published and never changes.",
}
KEPT = {
    RunState.CHECKED: "This run is being checked. Send it back before you delete it.",
    RunState.PUBLISHED: "This run is published and never changes.",
}
NOT_CLEARED = {
    RunState.CHECKED: "This run is being checked. Send it back before you clear its exceptions.",
    RunState.PUBLISHED: PUBLISHED_ALREADY,
}


def actions_on_funding(user: User) -> Actions:
    """What the finance officer may do beside the lists of what payment rests on."""
    if not user.has_role(*FINANCE_OFFICER):
        return Actions()

    def page(name: str, words: str, address: str, primary: bool = True) -> Action:
        return Action(name, words, reverse(f"funding:{address}"), primary=primary)

    return Actions(
        page("calculate", "Calculate a period", "run_create"),
        page("load_calendar", "Upload a calendar", "calendar_upload"),
        page("set_value", "Set a value", "value_create"),
        page("uplift_values", "Raise all values", "value_uplift", primary=False),
        page("load_values", "Upload values from a file", "value_upload", primary=False),
        page("load_school_days", "Upload school days", "school_days_upload", primary=False),
        page("set_policy", "Save", "policy_list"),
    )


def next_action(rows: list[PeriodRow], user: User) -> Actions:
    """The one next thing in funding for the person's roles, if there is one."""
    if not rows:
        words = "Upload a payment calendar" if user.has_role(*FINANCE_OFFICER) else ""
        return one_action(words, reverse("funding:calendar_upload"))
    row = next_period(rows)
    if row is None:
        return Actions()
    words = words_of_next(row, user)
    if row.run is None:
        return one_action(words, f"{reverse('funding:run_create')}?period={row.period.code}")
    return one_action(words, reverse("funding:run_detail", args=[row.run.pk]))


def one_action(words: str, url: str) -> Actions:
    return Actions(Action("next", words, url, primary=True) if words else None)


def words_of_next(row: PeriodRow, user: User) -> str:
    name, officer = lower_first(row.period.name), user.has_role(*FINANCE_OFFICER)
    match row.run and row.run.state:
        case None if officer:
            return f"Calculate {name}"
        case RunState.CHECKED if user.has_role(*FINANCE_AUTHORISER):
            return f"Check {name}"
        case RunState.DRAFT if officer:
            return f"Go on with {name}"
    return ""


@actions_for.register
def run_actions(run: Run, user: User) -> Actions:
    """The officer prepares, the authoriser publishes, either sends back."""
    return actions_on_standing(Standing(run, user))


def actions_on_standing(standing: Standing) -> Actions:
    """For a page that shows how the run stands as well, and so reads it once."""
    officer = standing.user.has_role(*FINANCE_OFFICER)
    authoriser = standing.user.has_role(*FINANCE_AUTHORISER)
    run = standing.run
    back, publish = url_of(run, "run_send_back"), url_of(run, "run_publish")
    return Actions(
        *(preparing(standing) if officer else ()),
        Action("publish", "Publish", publish, True, why_not=lambda: why_not_publish(standing))
        if authoriser
        else None,
        Action("send_back", "Send back", back, posts=True, why_not=why_not_send_back(run))
        if officer or authoriser
        else None,
    )


def preparing(standing: Standing) -> Iterator[Action]:
    run = standing.run

    def unless(reasons: Mapping[RunState, str]) -> Callable[[], Reasons]:
        return lambda: why_not_prepare(standing, reasons)

    again, values = url_of(run, "run_calculate"), reverse("funding:value_list")
    left = f"{url_of(run, 'exception_list')}?state=left"
    yield Action(
        Remedy.CALCULATE, "Calculate again", again, True, why_not=unless(NOT_CALCULATED_AGAIN)
    )
    yield Action(
        Remedy.VALUES, "Set the missing values", values, True, why_not=unless(NOT_CALCULATED_AGAIN)
    )
    yield Action(Remedy.CLEAR, "Clear the exceptions", left, True, why_not=unless(NOT_CLEARED))
    yield Action(
        "send",
        "Send for checking",
        url_of(run, "run_send"),
        primary=True,
        posts=True,
        why_not=lambda: why_not_send(standing),
    )
    yield Action("delete", "Delete this draft", url_of(run, "run_delete"), why_not=unless(KEPT))


def url_of(run: Run, name: str) -> str:
    return reverse(f"funding:{name}", args=[run.pk])


def why_not_prepare(standing: Standing, reasons: Mapping[RunState, str]) -> Reasons:
    state = RunState(standing.run.state)
    if state in reasons:
        return [reasons[state]]
    return [AT_WORK_NOW] if standing.is_at_work else []


def why_not_send(standing: Standing) -> Reasons:
    run = standing.run
    if run.state != RunState.DRAFT:
        return [run.refusal_of(RunState.CHECKED)]
    if standing.is_at_work:
        return [AT_WORK_NOW]
    return [OUTDATED] if run.is_outdated else [str(reason) for reason in standing.in_content]


def why_not_publish(standing: Standing) -> Reasons:
    if standing.run.state == RunState.PUBLISHED:
        return [PUBLISHED_ALREADY]
    unsent = [TO_BE_SENT] if standing.run.state == RunState.DRAFT else []
    return [*unsent, *standing.of_person, *(str(reason) for reason in standing.in_content)]


def why_not_send_back(run: Run) -> Reasons:
    checked = run.state == RunState.CHECKED
    return [] if checked else ["Only a run that is being checked can be sent back."]
