"""Addresses of published outcomes."""

from django.urls import path

from moderation.feedback import views

urlpatterns = [
    path("outcomes/", views.OutcomeList.as_view(), name="outcome_list"),
    path("outcomes/<uuid:pk>/", views.OutcomeDetail.as_view(), name="outcome_detail"),
    path(
        "outcomes/<uuid:pk>/challenge/", views.OutcomeChallenge.as_view(), name="outcome_challenge"
    ),
    path(
        "outcomes/<uuid:pk>/take-back/", views.OutcomeTakeBack.as_view(), name="outcome_take_back"
    ),
    path("outcomes/letters/<uuid:pk>/", views.LetterDetail.as_view(), name="outcome_letter"),
    path(
        "moderation/samples/<uuid:pk>/publish/",
        views.OutcomesPublish.as_view(),
        name="outcomes_publish",
    ),
]
