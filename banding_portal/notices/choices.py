"""What people are told of."""

from collections.abc import Collection

from django.db.models import TextChoices

from banding_portal.mails.choices import MailKind
from banding_portal.roles import (
    AUTHORITY_ROLES,
    EVERYONE,
    FINANCE_OFFICER,
    INCLUSION_PARTNER,
    JUDGES,
    PANEL_MEMBERS,
    QUERY_ANSWERERS,
    SCHOOL_ROLES,
)


class NoticeKind(TextChoices):
    """Words as on the page “Notifications”."""

    RETURNED = "returned", "A return is sent back to your school for correction"
    ACCEPTED = "accepted", "A return is accepted"
    JOINER_PLACED = "placed", "A pupil who joined is placed"
    JOINER_REFUSED = "refused", "The authority does not accept that a pupil joined your school"
    LEAVER_ACCEPTED = "leaver", "A pupil who left is taken off your roll"
    LEAVER_REFUSED = "stays", "The authority does not accept that a pupil has left"
    DETAILS = "details", "Details of a pupil that you asked to have corrected are answered"
    TRANSFER_ASKED = "may_come", "A pupil may be coming to your school"
    TRANSFER_ANSWERED = "answered", "A school you named for a pupil has answered"
    CHANGE = "change", "A change of band that you asked for is answered"
    FILE_READY = "file", "A file that you uploaded has been checked"
    READY = "ready", "A return waits for the headteacher to submit it"
    MESSAGE = "message", "The authority writes to your school about a collection"
    COLLECTION = "collection", "The dates of a collection change, or it closes"
    QUERY = "query", "A query that you asked is answered"
    EXCEPTIONAL = "exceptional", "An exceptional request is answered"
    OUTCOME = "outcome", "Moderation records an outcome for your school"
    FEEDBACK = "feedback", "The day of feedback comes: you can see the outcomes of moderation"
    EVIDENCE = "evidence", "Evidence is asked for about the band of a pupil"
    STATEMENT = "statement", "A statement of funding is published"
    SUBMITTED = "submitted", "A school submits its return, or it is sent back"
    REPORTED = "reported", "A school reports a pupil who joined or left, or wrong details"
    ASKED = "asked", "A school asks for another band, or for more than the bands"
    FOLLOWED = "followed", "A collection opens, closes or opens again"
    APPLIED = "applied", "A file is applied"
    RUN = "run", "A run is sent for checking, sent back or published"
    CASES = "cases", "Cases are given to you to judge"
    EVIDENCE_IN = "evidence_in", "A school answers about evidence, or is late with it"
    PANEL_CALLED = "panel_called", "You are asked to sit on a panel of moderation"
    PANEL = "panel", "A case is put to a panel, or a school challenges an outcome"
    DIFFER = "differ", "Two moderators differ on a case"
    MODERATED = "moderated", "Every case of a sample is judged, or settled"
    STAFF = (
        "staff",
        "A headteacher invites somebody or ends a role, or a role needs two administrators",
    )
    SHEET = "sheet", "The authority publishes an information sheet for you"
    RESOURCE = "resource", "There is a new resource for you, or a new version of one"
    TRAINING = "training", "You get a place at training, it changes, or your school needs some"
    QUERY_IN = "query_in", "A school asks a query, or writes again in one"
    QUERY_DUE = "query_due", "An answer to a query is due from you, or late"
    DRAFT = "draft", "A run that you prepared is still a draft after a week"
    DIGEST = "digest", "There is something to do or something came in: one email each morning"


MANDATORY = frozenset(
    {
        NoticeKind.RETURNED,
        NoticeKind.JOINER_REFUSED,
        NoticeKind.LEAVER_REFUSED,
        NoticeKind.COLLECTION,
        NoticeKind.TRANSFER_ASKED,
        NoticeKind.EVIDENCE,
    }
)
"""Emails nobody may do without: the school has to act."""

HOME_ONLY = frozenset(
    {
        NoticeKind.SUBMITTED,
        NoticeKind.REPORTED,
        NoticeKind.ASKED,
        NoticeKind.FOLLOWED,
        NoticeKind.APPLIED,
        NoticeKind.RUN,
        NoticeKind.QUERY_IN,
        NoticeKind.DIFFER,
        NoticeKind.PANEL,
        NoticeKind.MODERATED,
        NoticeKind.STAFF,
    }
)
"""News of every school for the authority: an email about each would be too many."""
MAIL_ONLY = frozenset({NoticeKind.SHEET, NoticeKind.DIGEST})
"""The home page has a place of its own for these."""
REMINDER_KEYS: dict[NoticeKind, tuple[MailKind, tuple[str, ...]]] = {
    NoticeKind.EVIDENCE: (MailKind.REMIND_EVIDENCE, ("remind ", "overdue ")),
    NoticeKind.EVIDENCE_IN: (MailKind.REMIND_EVIDENCE, ("overdue ",)),
    NoticeKind.OUTCOME: (MailKind.REMIND_CHALLENGE, ("last day ",)),
    NoticeKind.PANEL_CALLED: (MailKind.REMIND_PANEL, ("meets ",)),
    NoticeKind.QUERY_DUE: (MailKind.REMIND_QUERY, ("",)),
    NoticeKind.DRAFT: (MailKind.REMIND_DRAFT, ("",)),
    NoticeKind.CASES: (MailKind.REMIND_CALIBRATION, ("calibration ",)),
}
"""Which notices of a kind are reminders, by how their keys begin, and what the log of emails calls
them; all others are news.
"""
FOR_SCHOOLS = frozenset(
    {
        NoticeKind.ACCEPTED,
        NoticeKind.JOINER_PLACED,
        NoticeKind.LEAVER_ACCEPTED,
        NoticeKind.DETAILS,
        NoticeKind.TRANSFER_ANSWERED,
        NoticeKind.CHANGE,
        NoticeKind.READY,
        NoticeKind.MESSAGE,
        NoticeKind.QUERY,
        NoticeKind.EXCEPTIONAL,
        NoticeKind.OUTCOME,
        NoticeKind.FEEDBACK,
        NoticeKind.STATEMENT,
    }
)
FOR_ANSWERERS = frozenset({NoticeKind.QUERY_DUE})
FOR_PREPARERS = frozenset({NoticeKind.DRAFT})
FOR_PANELS = frozenset({NoticeKind.PANEL_CALLED, NoticeKind.EVIDENCE_IN})
FOR_JUDGES = frozenset({NoticeKind.CASES})
DIGEST_READERS = AUTHORITY_ROLES | INCLUSION_PARTNER
"""Whose mornings begin with everybody else’s news."""
GROUPS = (
    (
        "Returns and pupils",
        (
            NoticeKind.ACCEPTED,
            NoticeKind.READY,
            NoticeKind.FILE_READY,
            NoticeKind.JOINER_PLACED,
            NoticeKind.LEAVER_ACCEPTED,
            NoticeKind.DETAILS,
            NoticeKind.TRANSFER_ANSWERED,
        ),
    ),
    (
        "Bands and moderation",
        (
            NoticeKind.CHANGE,
            NoticeKind.EXCEPTIONAL,
            NoticeKind.OUTCOME,
            NoticeKind.FEEDBACK,
            NoticeKind.CASES,
            NoticeKind.PANEL_CALLED,
            NoticeKind.EVIDENCE_IN,
        ),
    ),
    (
        "Money and messages",
        (
            NoticeKind.STATEMENT,
            NoticeKind.DRAFT,
            NoticeKind.MESSAGE,
            NoticeKind.QUERY,
            NoticeKind.QUERY_DUE,
            NoticeKind.SHEET,
            NoticeKind.RESOURCE,
            NoticeKind.TRAINING,
            NoticeKind.DIGEST,
        ),
    ),
)
"""The headings of the page: each email that one may do without stands under one of them."""
CHOOSABLE = [kind for kind in NoticeKind if kind not in MANDATORY | HOME_ONLY]
"""Emails a person may do without."""


def offered_to(roles: Collection[str]) -> list[NoticeKind]:
    """The emails that somebody with these roles may do without, in the order of the page."""
    held = set(roles)
    return [kind for kind in CHOOSABLE if held & told_of(kind)]


def always_sent_to(roles: Collection[str]) -> list[NoticeKind]:
    """The emails that somebody with these roles may not do without, in the order of the page."""
    return [kind for kind in NoticeKind if kind in MANDATORY and set(roles) & told_of(kind)]


def told_of(kind: NoticeKind) -> frozenset[str]:
    """The roles that may be told of it."""
    for kinds, roles in (
        (FOR_SCHOOLS | MANDATORY, SCHOOL_ROLES),
        (FOR_PANELS, PANEL_MEMBERS),
        (FOR_JUDGES, JUDGES),
        (FOR_ANSWERERS, QUERY_ANSWERERS),
        (FOR_PREPARERS, FINANCE_OFFICER),
        ({NoticeKind.DIGEST}, DIGEST_READERS),
    ):
        if kind in kinds:
            return frozenset(roles)
    return EVERYONE
