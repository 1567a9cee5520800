"""People and their roles from a file: adds who and what is missing, and ends nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.hashers import make_password

from banding_portal.files.previews import Figure, New, Preview
from banding_portal.files.tables import TableLine, read_table
from banding_portal.folding import fold
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.roles import (
    GIVEN_BY_TWO,
    ROLES_AT_A_SCHOOL,
    ROLES_IN_A_QUADRANT,
    Role,
    in_the_way,
)
from schools.actions.people import actions_on_people
from schools.choices import SchoolStatus
from schools.models import Membership, Quadrant, RoleRequest, School, User
from schools.people_columns import LIMITS, PEOPLE_COLUMNS
from schools.services.people import irreconcilable_words
from schools.services.staff_news import tell_of_request
from schools.two_administrators import OWN

LOCK = 7_114_711
Held = tuple[UUID, str, UUID | None, UUID | None]


def roles_by_address() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for email, role in Membership.objects.current().values_list("user__email", "role"):
        found[email].add(role)
    return found


def held_or_asked() -> set[Held]:
    held = Membership.objects.current().values_list("user", "role", "school", "quadrant")
    asked = RoleRequest.objects.waiting().values_list("user", "role")
    return {*held, *((user, role, None, None) for user, role in asked)}


@dataclass
class Known:
    """Who and what is there, by what a file calls it."""

    schools: dict[str, School] = field(
        default_factory=lambda: {school.urn: school for school in School.objects.all()}
    )
    quadrants: dict[str, Quadrant] = field(
        default_factory=lambda: {fold(one.name): one for one in Quadrant.objects.all()}
    )
    people: dict[str, User] = field(
        default_factory=lambda: {user.email: user for user in User.objects.all()}
    )
    held: set[Held] = field(default_factory=held_or_asked)
    roles: dict[str, set[str]] = field(default_factory=roles_by_address)
    """Of each person by address: those held, and those of the rows read so far."""

    def holds(self, role: Membership) -> bool:
        return key_of(role) in self.held


def import_people(_: Progress, *, filename: str, content: bytes, by: User) -> Result:
    """Add the people and roles of a file that are not there; the same file again adds nothing.

    Nobody is sent anything. A person there already keeps their name; a role that is not in the
    file goes on. Call it inside a transaction and roll back when the result has issues.
    """
    actions_on_people(by).require("upload")
    one_at_a_time(LOCK)
    table = read_table(filename, content, PEOPLE_COLUMNS, LIMITS, who="name")
    known = Known()
    names: dict[str, TableLine] = {}
    for line in table.lines:
        check_place(line, known)
        check_person(line, known, names)
        check_own(line, known, by)
    if table.issues:
        return Result(issues=table.issues)
    warnings = [*table.warnings, *other_names(table.lines, known)]
    preview = save(table.lines, known, table.headings.ignored, by)
    return Result(warnings=warnings, preview=preview.as_dict())


def check_place(line: TableLine, known: Known) -> None:
    """A school or quadrant that is there where the role needs one, and nothing where not."""
    role, urn, name = line["role"], line["school_urn"], line["quadrant"]
    if urn and urn not in known.schools:
        line.refuse("school_urn", "No school in the portal has this URN.")
    if name and fold(name) not in known.quadrants:
        line.refuse("quadrant", "There is no such quadrant.")
    if role is None:
        return
    for key, given, needed in (
        ("school_urn", urn, role in ROLES_AT_A_SCHOOL),
        ("quadrant", name, role in ROLES_IN_A_QUADRANT),
    ):
        noun = "school" if key == "school_urn" else key
        if needed and not line.given(key).strip():
            line.refuse(key, f"The role {Role(role).label} needs a {noun}.")
        elif given and not needed:
            line.refuse(key, f"The role {Role(role).label} has no {noun}. Leave this blank.")


def check_person(line: TableLine, known: Known, names: dict[str, TableLine]) -> None:
    """One address is one person, by one name, and may sign in."""
    email, name = line["email"], line["name"]
    if email is None or name is None:
        return
    person = known.people.get(email)
    if person and not person.is_active and not is_held(line, person, known):
        line.refuse("email", f"{person} is deactivated. Let them sign in again first.")
    school = known.schools.get(line["school_urn"])
    if school and school.status == SchoolStatus.CLOSED and not is_held(line, person, known):
        line.refuse("school_urn", f"{school} is closed. Use the URN of the one that is open.")
    check_roles(line, known.roles[email])
    first = names.setdefault(email, line)
    if fold(first.text("name")) != fold(name):
        line.refuse("name", f"Row {first.number} has another name for this address.")


def check_roles(line: TableLine, roles: set[str]) -> None:
    """No role beside one that it cannot be reconciled with (M9)."""
    role = line["role"]
    if role is None:
        return
    if other := in_the_way(role, roles):
        line.refuse("role", irreconcilable_words(role, other))
    roles.add(role)


def is_held(line: TableLine, person: User | None, known: Known) -> bool:
    """Whether the person has the role already."""
    return person is not None and known.holds(role_of(line, person, known))


def check_own(line: TableLine, known: Known, by: User) -> None:
    """A role of weight for oneself, but for one that is held already (S16)."""
    if line["role"] not in GIVEN_BY_TWO or line["email"] != by.email:
        return
    if (by.pk, line["role"], None, None) not in known.held:
        line.refuse("role", OWN)


def other_names(lines: Iterable[TableLine], known: Known) -> list[Issue]:
    """Warnings of people whom the portal knows by another name; they keep that one."""
    found = []
    for line in lines:
        person = known.people.get(line["email"])
        if person and fold(person.name) != fold(line["name"]):
            said = f"The portal knows this address as {person}. The name there stays as it is."
            found.append(line.note("name", said))
    return found


def save(lines: Iterable[TableLine], known: Known, ignored: list[str], by: User) -> Preview:
    people: list[User] = []
    roles: list[Membership] = []
    asked: list[RoleRequest] = []
    told: list[New] = []
    for line in lines:
        person = known.people.get(line["email"])
        if person is None:
            person = User(email=line["email"], name=line["name"], password=make_password(None))
            known.people[person.email] = person
            people.append(person)
        role = role_of(line, person, known)
        if not known.holds(role):
            known.held.add(key_of(role))
            who = f"{person} ({person.email})"
            if role.role in GIVEN_BY_TWO:
                asked.append(RoleRequest(user=person, role=role.role, asked_by=by))
                told.append(New(who, f"{role}, once another administrator agrees"))
            else:
                roles.append(role)
                told.append(New(who, str(role)))
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(roles)
    RoleRequest.objects.bulk_create(asked)
    for request in asked:
        tell_of_request(request, by, "asks that")
    return Preview(
        figures=[
            Figure("people", "New people", len(people)),
            Figure("roles", "New roles", len(roles)),
            *(
                [Figure("asked", "Roles another administrator agrees to", len(asked))]
                if asked
                else []
            ),
            Figure("unchanged", "Roles there already", len(list(lines)) - len(roles) - len(asked)),
        ],
        new=told,
        ignored=ignored,
        notes=["Nobody gets an email yet. Invite everybody at once on the page of people."]
        if people
        else [],
        new_listed=200,
    )


def role_of(line: TableLine, person: User, known: Known) -> Membership:
    return Membership(
        user=person,
        role=line["role"],
        school=known.schools.get(line["school_urn"]),
        quadrant=known.quadrants.get(fold(line.text("quadrant"))),
    )


def key_of(role: Membership) -> Held:
    return role.user_id, role.role, role.school_id, role.quadrant_id
