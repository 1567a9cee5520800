"""Addresses of what a plan says and of the documents with it."""

from django.urls import path

from moderation.plans import views

urlpatterns = [
    path("cases/<uuid:pk>/plan/", views.CasePlanGive.as_view(), name="case_plan"),
    path("pupils/<uuid:pk>/plan/", views.PlanDocuments.as_view(), name="plan_documents"),
    path("plan-documents/<uuid:pk>/", views.PlanFile.as_view(), name="plan_document"),
    path(
        "plan-documents/<uuid:pk>/remove/",
        views.PlanDocumentRemove.as_view(),
        name="plan_document_remove",
    ),
]
