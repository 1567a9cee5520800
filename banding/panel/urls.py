"""Addresses of the panel's decisions."""

from django.urls import path

from banding.panel import dual_views, views

urlpatterns = [
    path("pupils/<uuid:pk>/bands/", views.PanelDecisions.as_view(), name="panel_list"),
    path("pupils/<uuid:pk>/bands/every/", dual_views.PanelEvery.as_view(), name="panel_every"),
    path("new-plans/", dual_views.NewPlanList.as_view(), name="new_plan_list"),
    path("decisions/<uuid:pk>/correct/", views.DecisionCorrect.as_view(), name="decision_correct"),
    path("decisions/<uuid:pk>/remove/", views.DecisionRemove.as_view(), name="decision_remove"),
    path(
        "pupils/<uuid:pk>/bands/<uuid:framework_pk>/",
        views.PanelDecisionCreate.as_view(),
        name="panel_decision",
    ),
]
