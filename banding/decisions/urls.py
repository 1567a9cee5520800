"""Addresses of band decisions."""

from django.urls import path

from banding.decisions import views

urlpatterns = [
    path("returns/pupils/<uuid:pk>/decision/", views.DecisionEdit.as_view(), name="decision_edit"),
    path(
        "returns/pupils/<uuid:pk>/decision/suggestion/",
        views.DecisionSuggestion.as_view(),
        name="decision_suggestion",
    ),
    path(
        "returns/pupils/<uuid:pk>/decision/discard/",
        views.DecisionDiscard.as_view(),
        name="decision_discard",
    ),
]
