"""Addresses of queries, and of questions and answers."""

from django.urls import path

from schools.queries.views import asking, questions

urlpatterns = [
    path("queries/", asking.QueryList.as_view(), name="query_list"),
    path("queries/new/", asking.QueryCreate.as_view(), name="query_create"),
    path("queries/enter/", asking.QueryEnter.as_view(), name="query_enter"),
    path("queries/times/", questions.QueryTimes.as_view(), name="query_times"),
    path("queries/<uuid:pk>/", asking.QueryDetail.as_view(), name="query_detail"),
    path("queries/<uuid:pk>/note/", asking.QueryNote.as_view(), name="query_note"),
    path("queries/<uuid:pk>/arrange/", asking.QueryArrange.as_view(), name="query_arrange"),
    path("queries/<uuid:pk>/close/", asking.QueryClose.as_view(), name="query_close"),
    path("queries/<uuid:pk>/merge/", asking.QueryMerge.as_view(), name="query_merge"),
    path("queries/<uuid:pk>/take/", asking.QueryTake.as_view(), name="query_take"),
    path("queries/<uuid:pk>/reopen/", asking.QueryReopen.as_view(), name="query_reopen"),
    path("queries/<uuid:pk>/separate/", asking.QuerySeparate.as_view(), name="query_separate"),
    path("queries/<uuid:pk>/settle/", asking.QuerySettle.as_view(), name="query_settle"),
    path("queries/<uuid:pk>/publish/", questions.QueryPublish.as_view(), name="query_publish"),
    path("questions/", questions.QuestionList.as_view(), name="question_list"),
    path("questions/new/", questions.QuestionCreate.as_view(), name="question_create"),
    path("questions/<uuid:pk>/edit/", questions.QuestionEdit.as_view(), name="question_edit"),
    path(
        "questions/<uuid:pk>/withdraw/",
        questions.QuestionWithdraw.as_view(),
        name="question_withdraw",
    ),
]
