"""Address of the sections of a plan."""

from django.urls import path

from moderation.plans import views

urlpatterns = [
    path("cases/<uuid:pk>/plan/", views.CasePlanGive.as_view(), name="case_plan"),
]
