"""Addresses of caseload uploads."""

from django.urls import path

from banding.caseload import difference_views as differences
from banding.caseload import views as caseload

urlpatterns = [
    path(
        "imports/caseload/choices/", differences.CaseloadChoices.as_view(), name="caseload_choices"
    ),
    path(
        "imports/caseload/<uuid:pk>/differences/",
        differences.CaseloadDifferences.as_view(),
        name="caseload_differences",
    ),
    path(
        "imports/caseload/<uuid:pk>/missing/",
        differences.CaseloadMissing.as_view(),
        name="caseload_missing",
    ),
    path(
        "imports/caseload/<uuid:pk>/marked/",
        caseload.CaseloadMarked.as_view(),
        name="caseload_marked",
    ),
    path(
        "imports/caseload/<uuid:pk>/correct/",
        caseload.CaseloadMend.as_view(),
        name="caseload_mend",
    ),
    path(
        "imports/caseload/<uuid:pk>/meanings/",
        caseload.CaseloadMeanings.as_view(),
        name="caseload_meanings",
    ),
    path(
        "imports/caseload/words/load/",
        caseload.CaseloadWordsUpload.as_view(),
        name="caseload_words_load",
    ),
    path("imports/caseload/words/", caseload.CaseloadWords.as_view(), name="caseload_words"),
    path("imports/caseload/", caseload.CaseloadUploadCreate.as_view(), name="caseload_upload"),
    path(
        "imports/caseload/<uuid:pk>/",
        caseload.CaseloadUploadDetail.as_view(),
        name="caseload_upload_detail",
    ),
]
