"""Addresses of evidence."""

from django.urls import path

from moderation.evidence import views

urlpatterns = [
    path(
        "cases/<uuid:pk>/ask-for-evidence/",
        views.CaseAskEvidence.as_view(),
        name="case_ask_evidence",
    ),
    path("moderation/evidence/", views.EvidenceOverview.as_view(), name="evidence_overview"),
    path("evidence/", views.EvidenceList.as_view(), name="evidence_list"),
    path("evidence/<uuid:pk>/", views.EvidenceDetail.as_view(), name="evidence_detail"),
    path("evidence/<uuid:pk>/answer/", views.EvidenceAnswer.as_view(), name="evidence_answer"),
    path(
        "evidence/<uuid:pk>/withdraw/", views.EvidenceWithdraw.as_view(), name="evidence_withdraw"
    ),
    path("evidence/documents/<uuid:pk>/", views.EvidenceFile.as_view(), name="evidence_document"),
    path(
        "evidence/documents/<uuid:pk>/remove/",
        views.EvidenceRemove.as_view(),
        name="evidence_remove",
    ),
]
