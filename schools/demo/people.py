"""One account to sign in with for each role, and the people the story needs besides."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from banding_portal.demo.strip import DOMAIN
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import ROLES_AT_A_SCHOOL, Role
from schools.models import Membership, Quadrant, School, User

PASSWORD = "westmere-in-autumn"  # noqa: S105 (told to whoever starts the demonstration)


@dataclass(frozen=True)
class DemoAccount:
    """A person to sign in as; `schools` are places in the list of schools."""

    role: Role
    mailbox: str
    name: str
    schools: tuple[int, ...] = ()
    quadrant: str = ""
    joins_last: bool = False
    """Once the story is told, which has people of its own at these schools."""

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


MANY = (*range(2, 7), *range(8, 38))
"""All that are still there but those of the account to sign in with as SENCO."""
ACCOUNTS = (
    DemoAccount(Role.SENCO, "senco", "Nadia Brightwell", (0, 1)),
    DemoAccount(Role.HEADTEACHER, "headteacher", "Owen Castlemaine", (0,)),
    DemoAccount(Role.SCHOOL_FINANCE, "school-finance", "Pia Lindqvist", (0,)),
    DemoAccount(Role.SEND_OFFICER, "officer", "Rafael Ashdown"),
    DemoAccount(Role.MODERATOR, "moderator", "Grace Okonjo", quadrant="North"),
    DemoAccount(Role.MODERATION_LEAD, "lead", "Tomas Wetherby"),
    DemoAccount(Role.FINANCE_OFFICER, "finance", "Hana Millbrook"),
    DemoAccount(Role.FINANCE_AUTHORISER, "authoriser", "Victor Sandholt"),
    DemoAccount(Role.INCLUSION_PARTNER, "partner", "Leila Farrow", (0, 1, 2, 3)),
    DemoAccount(Role.ADMINISTRATOR, "administrator", "Marcus Dale"),
    DemoAccount(Role.AUDITOR, "auditor", "Ines Cordwell"),
    # Has not begun: the return waits for its first pupil.
    DemoAccount(Role.SENCO, "new-senco", "Priya Halloran", (11,)),
    DemoAccount(Role.SENCO, "trust", "Callum Ridgeway", MANY, joins_last=True),
)
BEGINNERS = tuple(account for account in ACCOUNTS if not account.joins_last)
# In the background: nobody signs in as them.
MODERATORS = (
    ("Bryn Talbot", "North"),
    ("Carla Ferreira", "East"),
    ("Dev Malhotra", "East"),
    ("Esme Rook", "South"),
    ("Finbar Quill", "South"),
    ("Gita Solanki", "West"),
    ("Hugo Penrose", "West"),
)
FORENAMES = ("Alice", "Bilal", "Chloe", "Dario", "Ewa", "Farah", "Gareth", "Helen")
SURNAMES = ("Archer", "Bowfield", "Carrow", "Denholm", "Eastbury", "Fenner", "Gatward")


def account_of(role: str) -> DemoAccount:
    """The account to sign in with for a role, the first of them."""
    return next(account for account in ACCOUNTS if account.role == role)


def person_of(mailbox: str) -> User | None:
    """Whom a visitor of the demonstration is signed in as; nobody but its accounts (settings.DEMO).

    None for what is none of them, and where the demonstration was not seeded.
    """
    account = next((each for each in ACCOUNTS if each.mailbox == mailbox), None)
    if not settings.DEMO or account is None:
        return None
    return User.objects.filter(email=account.email, is_active=True).first()


def seed_people(timeline: Timeline, schools: list[School]) -> None:
    """Make everybody, members since the academic year before."""
    since = timeline.terms[0].start
    quadrants = {quadrant.name: quadrant for quadrant in Quadrant.objects.all()}
    crowd = Crowd(since)
    for account in BEGINNERS:
        add_account(crowd, account, schools, quadrants.get(account.quadrant))
    for number, (name, quadrant) in enumerate(MODERATORS, start=2):
        user = crowd.add(f"moderator{number}@{DOMAIN}", name)
        crowd.give(user, Role.MODERATOR, None, quadrants[quadrant])
    for place, school in enumerate(schools):
        add_school_people(crowd, place, school)
    crowd.save()


def seed_trust(timeline: Timeline) -> None:
    """Who works for many schools, when the story has been told."""
    crowd = Crowd(timeline.terms[0].start)
    schools = list(School.objects.filter(arrangement="").order_by("urn"))
    for account in ACCOUNTS:
        if account.joins_last:
            add_account(crowd, account, schools)
    crowd.save()


class Crowd:
    """People and memberships on their way to the database, two statements in all."""

    def __init__(self, since: dt.date) -> None:
        self.since = since
        self.password = make_password(PASSWORD)
        self.people: list[User] = []
        self.memberships: list[Membership] = []

    def add(self, email: str, name: str, *, can_sign_in: bool = False) -> User:
        password = self.password if can_sign_in else make_password(None)
        user = User(email=email, name=name, password=password)
        self.people.append(user)
        return user

    def give(
        self, user: User, role: str, school: School | None = None, quadrant: Quadrant | None = None
    ) -> None:
        self.memberships.append(
            Membership(
                user=user, role=role, school=school, quadrant=quadrant, started_on=self.since
            )
        )

    def save(self) -> None:
        User.objects.bulk_create(self.people)
        Membership.objects.bulk_create(self.memberships)


def add_account(
    crowd: Crowd, account: DemoAccount, schools: list[School], quadrant: Quadrant | None = None
) -> None:
    user = crowd.add(account.email, account.name, can_sign_in=settings.DEMO)
    places: list[School | None] = [schools[place] for place in account.schools]
    for school in places or [None]:
        crowd.give(user, account.role, school, quadrant)


def add_school_people(crowd: Crowd, place: int, school: School) -> None:
    """A SENCO and a headteacher for every school that no account has as its own."""
    for shift, (role, mailbox) in enumerate(
        [(Role.SENCO, "senco"), (Role.HEADTEACHER, "headteacher")]
    ):
        if any(place in account.schools and account.role == role for account in BEGINNERS):
            continue
        forename = FORENAMES[(place + shift * 3) % len(FORENAMES)]
        surname = SURNAMES[(place * 2 + shift) % len(SURNAMES)]
        user = crowd.add(f"{mailbox}.{school.urn}@{DOMAIN}", f"{forename} {surname}")
        crowd.give(user, role, school)


def account_lines() -> list[str]:
    """The accounts that are there, as lines to print; none where it is no demonstration."""
    emails = [account.email for account in ACCOUNTS]
    there = User.objects.in_bulk(emails, field_name="email")
    found = [account for account in ACCOUNTS if account.email in there]
    if not found:
        return []
    width = max(len(account.role.label) for account in found)
    lines = [f"  {a.role.label:<{width}}  {a.email}{whereabouts(there[a.email])}" for a in found]
    if not any(user.has_usable_password() for user in there.values()):
        return [*lines, "DEMO is off, so nobody can sign in with these accounts."]
    return [*lines, f"The password of all of them: {PASSWORD}"]


def whereabouts(user: User) -> str:
    """The schools or quadrant of a person, where the roles have any."""
    places = [m.school or m.quadrant for m in user.current_memberships]
    names = sorted(str(place) for place in places if place)
    if not names:
        return ""
    if len(names) > 2 and user.roles <= ROLES_AT_A_SCHOOL:
        return f", {len(names)} schools"
    return f", {' and '.join(names)}"
