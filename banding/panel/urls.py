"""Addresses of the panel's decisions."""

from django.urls import path

from banding.panel import views

urlpatterns = [
    path("pupils/<uuid:pk>/bands/", views.PanelDecisions.as_view(), name="panel_list"),
    path("decisions/<uuid:pk>/correct/", views.DecisionCorrect.as_view(), name="decision_correct"),
    path("decisions/<uuid:pk>/remove/", views.DecisionRemove.as_view(), name="decision_remove"),
    path(
        "pupils/<uuid:pk>/bands/<uuid:framework_pk>/",
        views.PanelDecisionCreate.as_view(),
        name="panel_decision",
    ),
]
