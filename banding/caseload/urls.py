"""Addresses of caseload uploads."""

from django.urls import path

from banding.caseload import views as caseload

urlpatterns = [
    path("imports/caseload/", caseload.CaseloadUploadCreate.as_view(), name="caseload_upload"),
    path(
        "imports/caseload/<uuid:pk>/",
        caseload.CaseloadUploadDetail.as_view(),
        name="caseload_upload_detail",
    ),
]
