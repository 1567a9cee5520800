"""What schools tell of setting up: the register and its links, quadrants, people."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.set_up import SetUpStep
from banding_portal.words import counted
from schools.choices import RegisterKind
from schools.counts import NEEDED_ROLES
from schools.models import User


def set_up_steps(user: User) -> Iterator[SetUpStep]:
    """Register, links, quadrants and people: what is there, and what is missing."""
    counts = counts_for(user)
    yield register(counts["schools"])
    yield links(counts)
    yield quadrants(counts)
    yield people(counts)


def register(schools: int) -> SetUpStep:
    return SetUpStep(
        name="register",
        title="Schools",
        text=counted(schools, "school")
        if schools
        else "Everything else needs them. Download your authority’s schools as the register’s CSV.",
        url=reverse("schools:register_upload"),
        action="Upload the register",
        is_done=schools > 0,
    )


def links(counts: Mapping[str, int]) -> SetUpStep:
    """Done too where no school has closed yet, or the file has been applied and fits nobody."""
    there, applied = counts["links"], counts["links_applied"]
    schools, closed = counts["schools"], counts["closed"]
    text = "They say which school took over from one that closed, so that its pupils go on there."
    if there or applied:
        text = counted(there, "link")
    elif schools and not closed:
        text = "None needed yet: no school here has closed"
    return SetUpStep(
        name="links",
        title="Links between schools",
        text=text,
        url=f"{reverse('schools:register_upload')}?kind={RegisterKind.LINKS}",
        action="Upload the links",
        is_done=bool(there or applied or (schools and not closed)),
    )


def quadrants(counts: Mapping[str, int]) -> SetUpStep:
    there, grouped, ungrouped = counts["quadrants"], counts["grouped"], counts["ungrouped"]
    if not there:
        text, page, action = (
            "Parts of the authority, each with moderators of its own.",
            reverse("schools:quadrant_list"),
            "Add quadrants",
        )
    elif not grouped:
        text, page, action = (
            f"{counted(there, 'quadrant')}, and no school in any of them.",
            f"{reverse('schools:school_list')}?quadrant=none",
            "Put schools into quadrants",
        )
    else:
        left = f", {counted(ungrouped, 'open school')} in none" if ungrouped else ""
        text, page, action = f"{counted(there, 'quadrant')}{left}", "", ""
    return SetUpStep("quadrants", "Quadrants", text, page, action, is_done=grouped > 0)


def people(counts: Mapping[str, int]) -> SetUpStep:
    missing = [role.label for role in NEEDED_ROLES if not counts[f"held_{role}"]]
    text = f"Nobody yet as {listed(missing)}." if missing else "Every role is held by somebody"
    return SetUpStep(
        name="people",
        title="People",
        text=text,
        url=reverse("schools:person_invite"),
        action="Invite a person",
        is_done=not missing,
    )


def listed(words: list[str]) -> str:
    """A, B or C"""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
