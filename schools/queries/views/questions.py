"""Questions and answers that every school reads, and how long answers take."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from banding_portal.pages import ActionPage, ChangesPage, FormPage, ListPage, Page
from banding_portal.roles import COLLECTION_RUNNERS, EVERYONE, QUERY_OFFICE
from schools.choices import QueryCategory
from schools.models import PublishedQuestion, Query
from schools.queries.actions import query_actions
from schools.queries.forms import QuestionFilterForm, QuestionForm
from schools.queries.selectors import questions_matching, report_of, thread_of
from schools.queries.services.publishing import (
    change_question,
    publish_question,
    withdraw_question,
)
from schools.queries.views.asking import AboutQuery

YEAR = dt.timedelta(days=365)


class QuestionList(ListPage):
    """By what they are about, each with its answer."""

    allowed_roles = EVERYONE
    template_name = "schools/question_list.html"
    filter_class = QuestionFilterForm
    filters_from = 5

    def rows(self, wanted: dict[str, Any]) -> QuerySet[PublishedQuestion]:
        return questions_matching(wanted)

    def context(self) -> dict[str, Any]:
        return {"publishes": self.user.has_role(*COLLECTION_RUNNERS)}


class QuestionPage(FormPage[Any], abstract=True):
    allowed_roles = COLLECTION_RUNNERS
    form_class = QuestionForm
    template_name = "schools/question_edit.html"

    def next_url(self) -> str:
        return reverse("schools:question_list")


class QuestionCreate(QuestionPage):
    """One that nobody has asked on the portal."""

    sends_once = True

    def get_initial(self) -> dict[str, Any]:
        return {"category": QueryCategory.OTHER}

    def act(self, form: QuestionForm) -> str:
        publish_question(query=None, by=self.user, **form.cleaned_data)
        return "The question is on the page."

    def context(self) -> dict[str, Any]:
        return {"title": "Publish a question", "words": "Publish"}


class QueryPublish(AboutQuery, QuestionPage):
    """The last reply of a query, to be rewritten for every school."""

    sends_once = True

    def why_closed(self) -> Any:
        return query_actions(self.found, self.user).why_not("publish")

    def back_url(self) -> str:
        return reverse("schools:query_detail", args=[self.found.pk])

    @cached_property
    def reply(self) -> str:
        replies = [each for each in thread_of(self.found, self.user) if each.is_reply]
        return replies[-1].text if replies else ""

    def get_initial(self) -> dict[str, Any]:
        query: Query = self.found
        return {"category": query.category, "question": query.subject, "answer": self.reply}

    def form_options(self) -> dict[str, Any]:
        return {"reply": self.reply}

    def act(self, form: QuestionForm) -> str:
        publish_question(query=self.found, by=self.user, **form.cleaned_data)
        return "Every school can read the question and its answer."

    def next_url(self) -> str:
        return reverse("schools:question_list")

    def context(self) -> dict[str, Any]:
        return {"title": "Publish the answer", "words": "Publish", "query": self.found}


class QuestionEdit(QuestionPage, ChangesPage[Any]):
    def find(self) -> PublishedQuestion:
        return get_object_or_404(PublishedQuestion, pk=self.kwargs["pk"])

    def stands(self, row: PublishedQuestion) -> dict[str, Any]:
        return {"category": row.category, "question": row.question, "answer": row.answer}

    def act(self, form: QuestionForm) -> str:
        given = form.cleaned_data
        change_question(
            question=self.found,
            category=given["category"],
            words=given["question"],
            answer=given["answer"],
            by=self.user,
        )
        return "The question is changed."

    def context(self) -> dict[str, Any]:
        return {"title": "Change a question", "words": "Save", "question": self.found}


class QuestionWithdraw(ActionPage[PublishedQuestion]):
    allowed_roles = COLLECTION_RUNNERS

    def find(self) -> PublishedQuestion:
        return get_object_or_404(PublishedQuestion, pk=self.kwargs["pk"])

    def act(self) -> str:
        withdraw_question(question=self.found, by=self.user)
        return "The question is off the page."

    def next_url(self) -> str:
        return reverse("schools:question_list")


class QueryTimes(Page[None]):
    """How long the first answers of the last year took, in working days."""

    allowed_roles = QUERY_OFFICE
    template_name = "schools/query_times.html"

    def context(self) -> dict[str, Any]:
        since = timezone.localdate() - YEAR
        lines = report_of(self.user, since, settings.QUERY_DAYS)
        return {"since": since, "lines": lines, "total": lines[-1], "within": settings.QUERY_DAYS}
