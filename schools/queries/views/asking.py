"""Queries: asked by a school, answered by the authority or its Inclusion Partner."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, ChangesPage, FormPage, ListPage
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import (
    QUERY_ANSWERERS,
    QUERY_OFFICE,
    QUERY_READERS,
    SCHOOL_ROLES,
)
from schools.choices import QueryState
from schools.models import PublishedQuestion, Query, School
from schools.queries.actions import on_queries, query_actions
from schools.queries.forms import (
    ArrangeQueryForm,
    CloseQueryForm,
    EnterQueryForm,
    MergeQueryForm,
    MessageForm,
    NoteForm,
    QueryFilterForm,
    QueryForm,
    SchoolQueryFilterForm,
)
from schools.queries.places import Place, may_open, place_of
from schools.queries.selectors import (
    answers,
    asks_for,
    queries_matching,
    queries_of,
    thread_of,
    told_to_school,
)
from schools.queries.services.answering import (
    add_note,
    arrange_query,
    close_query,
    reopen_query,
    reply_to_query,
    take_query,
)
from schools.queries.services.asking import ask_query, enter_query, settle_query, write_more
from schools.queries.services.merging import merge_query, separate_query


class QueryList(ListPage):
    """The inbox of who answers; of a school what it asked."""

    allowed_roles = QUERY_READERS
    template_name = "schools/query_list.html"
    orders: ClassVar = {
        "query": by("subject"),
        "school": by("school__name", "due_on"),
        "about": by("category", "due_on"),
        "asked": by("asked_on", "created_at"),
        "owner": by("owner__name", "due_on"),
        "due": by("due_on", "created_at"),
        "state": by("state", "due_on"),
    }

    @property
    def is_office(self) -> bool:
        return self.user.has_role(*QUERY_OFFICE)

    @property
    def filter_class(self) -> Any:  # type: ignore[override]
        return QueryFilterForm if self.is_office else SchoolQueryFilterForm

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Query]:
        return queries_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {
            "is_office": self.is_office,
            "can": on_queries(self.user),
            "today": timezone.localdate(),
            "has_questions": PublishedQuestion.objects.exists(),
        }


class QueryCreate(FormPage[Place]):
    """A school asks; the page from which it asks is attached (`?page=`)."""

    allowed_roles = SCHOOL_ROLES
    sends_once = True
    form_class = QueryForm
    template_name = "schools/query_create.html"

    def find(self) -> Place:
        return place_of(self.request.GET.get("page", ""), self.user)

    def school_of_page(self) -> School | None:
        return self.found.about.school

    def get_initial(self) -> dict[str, Any]:
        about = self.found.about
        school = str(about.school.pk) if about.school else self.request.GET.get("school", "")
        asked = {"category": about.category, "subject": about.subject}
        return {"school": school, "pupil": about.pupil_reference} | asked

    def form_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: QueryForm) -> str:
        query = ask_query(place=self.found, by=self.user, **form.wish)
        self.asked = query
        return "The authority has your question. You are told when it is answered."

    def next_url(self) -> str:
        return reverse("schools:query_detail", args=[self.asked.pk])

    def context(self) -> dict[str, Any]:
        return {
            "place": self.found,
            "back_url": self.found.path or reverse("schools:query_list"),
            "has_questions": PublishedQuestion.objects.exists(),
        }


class QueryEnter(FormPage[None]):
    """Somebody who answers enters what came by telephone, post or email."""

    allowed_roles = QUERY_ANSWERERS
    sends_once = True
    form_class = EnterQueryForm
    template_name = "schools/query_enter.html"

    def get_initial(self) -> dict[str, Any]:
        return {"asked_on": timezone.localdate(), "school": self.request.GET.get("school", "")}

    def form_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: EnterQueryForm) -> str:
        self.entered = enter_query(by=self.user, **form.cleaned_data)
        return f"The query of {self.entered.school} is in the list, to be answered."

    def next_url(self) -> str:
        return where_to(self.entered, self.user)


def where_to(query: Query, user: Any) -> str:
    """The query where the person sees it, else the list: they may enter or hand on any."""
    if queries_of(user).filter(pk=query.pk).exists():
        return reverse("schools:query_detail", args=[query.pk])
    return reverse("schools:query_list")


class AboutQuery(About[Query], abstract=True):
    """A page of a query that the person sees. What who answers does is closed to the school that
    asked, and the other way round, though a person may be both, of two schools.
    """

    answers_only = True
    asks_only = False

    def find(self) -> Query:
        return get_object_or_404(queries_of(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if self.answers_only and not answers(self.user, self.found):
            raise WrongRole(QUERY_ANSWERERS)
        if self.asks_only and not asks_for(self.user, self.found):
            raise WrongRole(SCHOOL_ROLES)

    def next_url(self) -> str:
        return where_to(self.found, self.user)


class QueryDetail(AboutQuery, FormPage[Query]):
    """The messages, and a form to reply or, for the school, to write again."""

    allowed_roles = QUERY_READERS
    sends_once = True
    write_roles = QUERY_ANSWERERS | SCHOOL_ROLES
    answers_only = False
    form_class = MessageForm
    template_name = "schools/query_detail.html"

    @property
    def is_school(self) -> bool:
        return asks_for(self.user, self.found)

    def form_options(self) -> dict[str, Any]:
        return {"is_school": self.is_school, "school": self.found.school}

    def act(self, form: MessageForm) -> str:
        text = form.cleaned_data["text"]
        if self.is_school:
            write_more(query=self.found, text=text, by=self.user)
            return "The authority has what you wrote."
        seen = seen_in(self.request)
        reply_to_query(query=self.found, text=text, seen=-1 if seen is None else seen, by=self.user)
        told = "is told" if self.found.asked_by else "has no account: tell them yourself"
        return f"Your reply is sent. {self.found.asker} {told}."

    def context(self) -> dict[str, Any]:
        can = query_actions(self.found, self.user)
        self.form_is_there = can.may("write") or can.may("reply")
        return {
            "query": self.found,
            "is_school": self.is_school,
            "messages_of": thread_of(self.found, self.user),
            "seen": told_to_school(self.found),
            "can": can,
            "has_form": self.form_is_there,
            "merged": self.found.merged.order_by("asked_on"),
            "opens_page": may_open(self.found.page, self.user),
            "published": self.found.questions.all(),
        }


def seen_in(request: HttpRequest) -> int | None:
    """How many messages the person had read when they opened the page."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() else None


class QueryNote(AboutQuery, FormPage[Query]):
    allowed_roles = QUERY_ANSWERERS
    sends_once = True
    form_class = NoteForm
    template_name = "schools/query_note.html"

    def act(self, form: NoteForm) -> str:
        add_note(query=self.found, by=self.user, **form.cleaned_data)
        return "Your note is there for whoever answers."

    def why_closed(self) -> Any:
        return query_actions(self.found, self.user).why_not("note")

    def context(self) -> dict[str, Any]:
        return {"query": self.found}


class QueryArrange(AboutQuery, ChangesPage[Query]):
    allowed_roles = QUERY_ANSWERERS
    form_class = ArrangeQueryForm
    template_name = "schools/query_arrange.html"

    def stands(self, row: Query) -> dict[str, Any]:
        return {"category": row.category, "owner": row.owner_id, "due_on": row.due_on}

    def form_options(self) -> dict[str, Any]:
        return {"query": self.found}

    def why_closed(self) -> Any:
        return query_actions(self.found, self.user).why_not("arrange")

    def act(self, form: ArrangeQueryForm) -> str:
        arrange_query(query=self.found, by=self.user, **form.cleaned_data)
        return "The query is changed."

    def context(self) -> dict[str, Any]:
        return {"query": self.found}


class QueryClose(AboutQuery, FormPage[Query]):
    allowed_roles = QUERY_ANSWERERS
    form_class = CloseQueryForm
    template_name = "schools/query_close.html"

    def why_closed(self) -> Any:
        return query_actions(self.found, self.user).why_not("close")

    def act(self, form: CloseQueryForm) -> str:
        seen = seen_in(self.request)
        close_query(query=self.found, seen=seen, by=self.user, **form.cleaned_data)
        return "The query is closed."

    def context(self) -> dict[str, Any]:
        return {
            "query": self.found,
            "is_waiting": self.found.state == QueryState.OPEN,
            "seen": told_to_school(self.found),
        }


class QueryMerge(AboutQuery, FormPage[Query]):
    allowed_roles = QUERY_ANSWERERS
    form_class = MergeQueryForm
    template_name = "schools/query_merge.html"

    def form_options(self) -> dict[str, Any]:
        return {"query": self.found, "user": self.user}

    def why_closed(self) -> Any:
        return query_actions(self.found, self.user).why_not("merge")

    def act(self, form: MergeQueryForm) -> str:
        self.into = merge_query(query=self.found, by=self.user, into=form.cleaned_data["into"])
        return "Both queries are answered here from now on."

    def next_url(self) -> str:
        return where_to(getattr(self, "into", self.found), self.user)

    def context(self) -> dict[str, Any]:
        return {"query": self.found}


class QueryTake(AboutQuery, ActionPage[Query]):
    allowed_roles = QUERY_ANSWERERS

    def act(self) -> str:
        take_query(query=self.found, seen=self.request.POST.get("owner", ""), by=self.user)
        return "You own this query."


class QueryReopen(AboutQuery, ActionPage[Query]):
    allowed_roles = QUERY_ANSWERERS

    def act(self) -> str:
        reopen_query(query=self.found, by=self.user)
        return "The query is open again."


class QuerySeparate(AboutQuery, ActionPage[Query]):
    allowed_roles = QUERY_ANSWERERS

    def act(self) -> str:
        separate_query(query=self.found, by=self.user)
        return "The query stands by itself again."


class QuerySettle(AboutQuery, ActionPage[Query]):
    """The school is content."""

    allowed_roles = SCHOOL_ROLES
    answers_only, asks_only = False, True

    def act(self) -> str:
        settle_query(query=self.found, by=self.user)
        return "The query is closed. Write again if something is left."
