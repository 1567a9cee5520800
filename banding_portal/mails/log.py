"""The log of emails: those of every app in one list, by who, where, what and how it went.

Each app names its `Source` in the setting `MAIL_SOURCES`. A source has the same COLUMNS as every
other, so that the database puts them together. None of them holds a pupil's data (R3).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import (
    Case,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.module_loading import import_string

from banding_portal.mails.choices import COLOURS, REMINDERS, MailKind, MailState
from banding_portal.mails.models import Letter, MailAway

COLUMNS = (
    *("source", "row", "mail_kind", "who", "address", "what"),
    *("queued_at", "out_at", "state", "why"),
)


@dataclass(frozen=True)
class Source:
    """Emails of one kind of row, annotated with COLUMNS; how one is asked for once more."""

    code: str
    rows: Callable[[], QuerySet[Any]]
    again: Callable[[str], bool] | None = None
    """Given the key of a row; whether there was one to be sent again."""
    written: Callable[[str], EmailMessage | None] | None = None
    """Given the key of a row, the email as it reads now; without it nothing of it is kept."""


@cache
def sources() -> dict[str, Source]:
    found: list[Source] = [import_string(path) for path in settings.MAIL_SOURCES]
    return {source.code: source for source in found}


def text(value: Any) -> Coalesce:
    """A column of text, never null, of one type in every source."""
    wanted = Value(value) if isinstance(value, str) else value
    return Coalesce(Cast(wanted, TextField()), Value(""), output_field=TextField())


def columns(code: str, **given: Any) -> dict[str, Any]:
    """The COLUMNS of a source as annotations, from expressions."""
    times = {name: Cast(given.pop(name), DateTimeField()) for name in ("queued_at", "out_at")}
    named = {name: text(value) for name, value in given.items()}
    return {"source": text(code), "row": text(F("pk"))} | named | times


def mails(wanted: Mapping[str, Any]) -> QuerySet[Any]:
    """Every email that fits `q` (a person, an address or words of the subject), `kind` and
    `state`, and was queued from `since` to `until`, the latest first; each as a dictionary.
    `addresses` narrows to these, `of` to what people of a queryset refused.
    """
    first, *others = [
        narrowed(source.rows(), wanted).order_by().values(*COLUMNS) for source in sources().values()
    ]
    return first.union(*others, all=True).order_by("-queued_at", "source", "row")


def narrowed(rows: QuerySet[Any], wanted: Mapping[str, Any]) -> QuerySet[Any]:
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(
            Q(who__icontains=words) | Q(address__icontains=words) | Q(what__icontains=words)
        )
    if "of" in wanted:
        rows = rows.filter(bounced=True, address__in=wanted["of"].values("email"))
    if "addresses" in wanted:
        rows = rows.filter(address__in=wanted["addresses"])
    if wanted.get("kind") == REMINDERS[0]:
        rows = rows.filter(mail_kind__startswith=MailKind.REMINDER)
    elif wanted.get("kind"):
        rows = rows.filter(mail_kind=wanted["kind"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("since"):
        rows = rows.filter(queued_at__date__gte=wanted["since"])
    if wanted.get("until"):
        rows = rows.filter(queued_at__date__lte=wanted["until"])
    return rows


@dataclass(frozen=True)
class Mail:
    """A line of the log as a page shows it."""

    row: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.row[name]

    @property
    def kind_words(self) -> str:
        return str(MailKind(self.mail_kind).label)

    @property
    def state_words(self) -> str:
        return str(MailState(self.state).label)

    @property
    def is_out(self) -> bool:
        return self.state in (MailState.SENT, MailState.DELIVERED)

    @property
    def colour(self) -> str:
        return COLOURS[MailState(self.state)]


def mail_of(code: str, row: str) -> Mail | None:
    """One email by its source and key; None where there is none."""
    source = None if "\0" in row else sources().get(code)
    found = source.rows().filter(row=row).values(*COLUMNS).first() if source else None
    return Mail(found) if found else None


def coming_back(addresses: Collection[str] | None = None) -> dict[str, Mail]:
    """The addresses that refused the last email sent there, with that email; of these, or of all
    people who may sign in. What was refused before an address was put right is of the old one.
    """
    people = get_user_model().objects.filter(is_active=True)
    if addresses is not None:
        people = people.filter(email__in=addresses)
    tried = [MailState.BOUNCED, MailState.SENT, MailState.DELIVERED]
    refused = {row["address"] for row in mails({"state": MailState.BOUNCED, "of": people})}
    found: dict[str, Mail] = {}
    for row in mails({"addresses": refused}) if refused else ():
        if row["state"] in tried:
            found.setdefault(row["address"], Mail(row))
    changed = dict(people.filter(email__in=found).values_list("email", "address_changed_at"))
    return {
        each: mail
        for each, mail in found.items()
        if mail.state == MailState.BOUNCED
        and not (changed.get(each) and mail.queued_at < changed[each])
    }


def refused_mails() -> QuerySet[Any]:
    """Emails that an address of somebody who may sign in ever refused."""
    people = get_user_model().objects.filter(is_active=True)
    return mails({"state": MailState.BOUNCED, "of": people})


def waiting_count() -> int:
    return mails({"state": MailState.QUEUED}).count()


def mail_away() -> MailAway | None:
    return MailAway.objects.first()


def letters() -> QuerySet[Letter]:
    """Emails about accounts; their names as people are called now."""
    people = get_user_model().objects.filter(email=OuterRef("to"))
    state = Case(
        When(~Q(delivered_at=None), then=Value(MailState.DELIVERED)),
        When(~Q(sent_at=None), then=Value(MailState.SENT)),
        When(bounced=True, then=Value(MailState.BOUNCED)),
        default=Value(MailState.FAILED),
    )
    return Letter.objects.annotate(
        **columns(
            "letter",
            mail_kind=MailKind.ACCOUNT.value,
            who=Subquery(people.values("name")[:1]),
            address=F("to"),
            what=F("subject"),
            state=state,
            why=F("problem"),
            queued_at=F("created_at"),
            out_at=Coalesce("delivered_at", "sent_at"),
        )
    )


LETTERS = Source("letter", letters)
