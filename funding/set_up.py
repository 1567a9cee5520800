"""What funding tells of setting up: values, calendar, policy. Finance does them."""

from collections.abc import Iterator

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.roles import Role
from banding_portal.set_up import SetUpStep, way_to
from banding_portal.words import counted, number
from schools.models import User


def set_up_steps(user: User) -> Iterator[SetUpStep]:
    """Values, payment calendar and policy: what is there, and what is missing."""
    counts = counts_for(user)
    values, periods = counts["values"], counts["periods"]
    yield step(
        user,
        "values",
        "Band values",
        counted(values, "value") if values else "",
        "What a band is worth in a year, by sector. Without a value nothing is paid.",
        "value_upload",
        "Upload the band values",
    )
    yield step(
        user,
        "calendar",
        "Payment calendar",
        counted(periods, "period") if periods else "",
        "The parts of a year, and which share of an annual value each pays.",
        "calendar_upload",
        "Upload a payment calendar",
    )
    yield step(
        user,
        "policy",
        "Funding policy",
        policy_there(counts["policies"], counts["framework_codes"]),
        "Where pupils have bands under several frameworks, one of them pays in each sector.",
        "policy_list",
        "Say which framework pays",
    )


def policy_there(entries: int, frameworks: int) -> str:
    """What is said already; with a single framework there is nothing to say (B4)."""
    if entries:
        return "1 entry" if entries == 1 else f"{number(entries)} entries"
    return "There is one framework, and it pays in every sector" if frameworks == 1 else ""


def step(
    user: User, name: str, title: str, there: str, missing: str, page: str, words: str
) -> SetUpStep:
    url, action = way_to(user, Role.FINANCE_OFFICER, reverse(f"funding:{page}"), words)
    return SetUpStep(name, title, there or missing, url, action, is_done=bool(there))
