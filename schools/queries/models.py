"""Queries, the messages in them, and answers published as questions for every school."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited, audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import (
    AUDITOR,
    BANDING_SCHOOL_ROLES,
    INCLUSION_PARTNER,
    SCHOOL_ROLES,
    SEND_OFFICER,
    Role,
)
from banding_portal.search import folded_column
from banding_portal.states import Stateful
from schools.choices import QUERY_MOVES, QueryCategory, QueryMessageKind, QueryState, QueryWay
from schools.models.register import School
from schools.queries.rules import categories_answered_by

if TYPE_CHECKING:
    from schools.models import User

WAITING = (QueryState.OPEN,)
SETTLED = (QueryState.CLOSED, QueryState.MERGED)


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: "User") -> "QueryQuerySet":
        """Of their own school for its people and its Inclusion Partner, of all schools for who
        answers the category. Of a finance contact those about funding, and their own.
        """
        if user.has_role(*SEND_OFFICER, *AUDITOR):
            return self
        own = user.school_ids_as(*BANDING_SCHOOL_ROLES, *INCLUSION_PARTNER)
        found = Q(school__in=own) | Q(category__in=categories_answered_by(user.roles))
        if as_finance := user.school_ids_as(Role.SCHOOL_FINANCE):
            theirs = Q(asked_by=user) | Q(category=QueryCategory.FUNDING)
            found |= Q(school__in=as_finance) & theirs
        return self.filter(found)

    def to_answer(self, user: "User") -> "QueryQuerySet":
        """Those waiting that the person answers, not those of their own school."""
        mine = Q(school__in=user.school_ids_as(*INCLUSION_PARTNER))
        mine |= Q(category__in=categories_answered_by(user.roles))
        asking = Q(school__in=user.school_ids_as(*SCHOOL_ROLES))
        return self.filter(mine & ~asking, state__in=WAITING)


@audited_without("folded")
class Query(UuidModel, Stateful):
    """What a school wants to know. It names a pupil by the authority's reference alone."""

    NOUN, MOVES = "A query", QUERY_MOVES
    COLOURS = {
        QueryState.OPEN: "light-blue",
        QueryState.ANSWERED: "green",
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="queries")
    category = models.CharField(max_length=10, choices=QueryCategory)
    subject = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=QueryState, default=QueryState.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty where somebody without an account asked.",
    )
    asked_by_name = models.CharField(max_length=120, blank=True)
    came_by = models.CharField(max_length=10, choices=QueryWay, default=QueryWay.PORTAL)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who entered it for the school.",
    )
    asked_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    page = models.CharField(
        max_length=200, blank=True, help_text="Address, from which it was asked."
    )
    page_title = models.CharField(max_length=120, blank=True)
    collection_name = models.CharField(max_length=120, blank=True)
    pupil_reference = models.CharField(max_length=40, blank=True)
    attached = models.TextField(
        blank=True, db_default="", help_text="What of that page it is about, as it was then."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True, help_text="The first reply.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    folded = folded_column("subject")

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "queries"
        ordering = ["due_on", "created_at"]
        indexes = [models.Index(fields=["state", "due_on"], name="query_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=QueryState.MERGED) ^ Q(merged_into=None),
                name="query_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="query_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~(Q(asked_by=None) & Q(asked_by_name="")), name="query_somebody_asked"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def number(self) -> str:
        """A short name for it, like “Q7F3A21”."""
        return f"Q{self.pk.hex[:6].upper()}"

    @property
    def asker(self) -> str:
        return str(self.asked_by) if self.asked_by else self.asked_by_name


@audited
class QueryMessage(UuidModel):
    """What was written in a query; an internal note is the authority's alone."""

    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=QueryMessageKind)
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_note(self) -> bool:
        return self.kind == QueryMessageKind.NOTE

    @property
    def is_reply(self) -> bool:
        return self.kind == QueryMessageKind.REPLY


@audited_without("folded")
class PublishedQuestion(UuidModel):
    """A question with its answer that every school reads; names no pupil and no school."""

    category = models.CharField(max_length=10, choices=QueryCategory)
    question = models.CharField(max_length=200)
    answer = models.TextField()
    query = models.ForeignKey(
        Query,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        help_text="The query it was made of.",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    folded = folded_column("question", "answer")

    class Meta:
        ordering = ["category", "question"]

    def __str__(self) -> str:
        return self.question
