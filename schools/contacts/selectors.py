"""Contacts of schools today, who could be one, and which schools have not confirmed theirs."""

import datetime as dt
from collections.abc import Collection as Several
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from banding_portal.roles import Role
from banding_portal.search import found_by
from schools.choices import ContactKind, SchoolStatus
from schools.contacts.rules import Fact
from schools.models import Contact, ContactConfirmation, Membership, School, User

ROLE_OF = {
    ContactKind.SENCO: Role.SENCO,
    ContactKind.HEADTEACHER: Role.HEADTEACHER,
    ContactKind.FINANCE: Role.SCHOOL_FINANCE,
}
NEVER, LONG_AGO = "never", "long_ago"
LONG = dt.timedelta(days=180)


def contacts_of(schools: Several[UUID]) -> dict[UUID, dict[str, Contact]]:
    """By school and kind what holds today, those without a name too; one query."""
    rows = (
        Contact.objects.filter(school__in=schools, since__lte=timezone.localdate())
        .order_by("school_id", "kind", "-since")
        .distinct("school_id", "kind")
    )
    found: dict[UUID, dict[str, Contact]] = {}
    for row in rows:
        found.setdefault(row.school_id, {})[row.kind] = row
    return found


def facts_on(school: School) -> dict[str, Fact]:
    """What holds at a school today, by kind."""
    return {
        kind: Fact(row.since, row.name, row.email, row.telephone)
        for kind, row in contacts_of([school.pk]).get(school.pk, {}).items()
    }


def reachable(schools: Several[UUID], kinds: Several[str]) -> dict[UUID, list[Contact]]:
    """By school whom one can reach there today, in the order of the kinds; one query."""
    return {
        school: [kept[kind] for kind in ContactKind if kind in kinds and named(kept.get(kind))]
        for school, kept in contacts_of(schools).items()
    }


def named(contact: Contact | None) -> bool:
    return contact is not None and bool(contact.name)


def former_contacts(school: School) -> list[Contact]:
    """Who was a contact before, the last first."""
    now = {row.pk for row in contacts_of([school.pk]).get(school.pk, {}).values()}
    rows = school.contacts.exclude(pk__in=now).exclude(name="")
    return list(rows.order_by("-since", "kind"))


def last_confirmation(school: School) -> ContactConfirmation | None:
    return school.confirmations.select_related("confirmed_by").first()


def who_could_be(school: School, kind: str) -> User | None:
    """Who uses the portal for the school in that role, where it is one person alone."""
    held = Membership.objects.current().filter(
        school=school, role=ROLE_OF[ContactKind(kind)], user__is_active=True
    )
    people = [each.user for each in held.select_related("user")[:2]]
    return people[0] if len(people) == 1 else None


def with_confirmation(schools: QuerySet[School]) -> Any:
    """Each with `confirmed_on`, the day of the last confirmation."""
    rows = ContactConfirmation.objects.filter(school=OuterRef("pk")).order_by("-confirmed_at")
    return schools.annotate(confirmed_on=TruncDate(Subquery(rows.values("confirmed_at")[:1])))


def schools_with_contacts(user: User, wanted: Mapping[str, Any]) -> QuerySet[School]:
    """The schools open today that the person sees, each with `senco_name`, … and
    `confirmed_on`; narrowed by `q`, a school or a contact, `missing`, a kind of which there is
    nobody, and `confirmed`.
    """
    found = School.objects.visible_to(user).filter(
        status__in=[SchoolStatus.OPEN, SchoolStatus.CLOSING], arrangement=""
    )
    for kind in ContactKind:
        found = found.annotate(**{f"{kind}_name": name_on(timezone.localdate(), kind)})
    found = with_confirmation(found)
    if text := (wanted.get("q") or "").strip():
        names = Q(*((f"{kind}_name__icontains", text) for kind in ContactKind), _connector=Q.OR)
        found = found.filter(found_by(text, "folded") | Q(urn=text) | names)
    if missing := wanted.get("missing"):
        found = found.filter(**{f"{missing}_name": ""})
    if wanted.get("confirmed") == NEVER:
        found = found.filter(confirmed_on=None)
    if wanted.get("confirmed") == LONG_AGO:
        found = found.filter(confirmed_on__lt=timezone.localdate() - LONG)
    return found.order_by(F("name"), "urn")


def contacts_matching(user: User, text: str) -> QuerySet[Contact]:
    """Contacts of today, by name or email, at the schools the person sees; without those who use
    the portal there.
    """
    held = Contact.objects.filter(school=OuterRef("school"), kind=OuterRef("kind"))
    latest = held.filter(since__lte=timezone.localdate()).order_by("-since").values("pk")[:1]
    users = Membership.objects.current().filter(
        school=OuterRef("school"), user__is_active=True, user__email__iexact=OuterRef("email")
    )
    found = Contact.objects.visible_to(user).filter(
        found_by(text, "name__folded") | Q(email__iexact=text.strip()),
        ~Exists(users),
        pk=Subquery(latest),
    )
    return found.exclude(name="").select_related("school").order_by("name", "school__name")


def name_on(day: dt.date, kind: str) -> Coalesce:
    """The name of a contact of a school on a day, empty where there is nobody."""
    rows = Contact.objects.filter(school=OuterRef("pk"), kind=kind, since__lte=day)
    name = Subquery(rows.order_by("-since").values("name")[:1])
    return Coalesce(name, Value(""), output_field=CharField())
