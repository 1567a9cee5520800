"""Addresses of banding."""

from django.urls import path

from banding import urls_caseload, urls_reminders, urls_templates
from banding.views import (
    changes,
    collections,
    decisions,
    exceptional,
    frameworks,
    joiners,
    panel,
    returns,
)

app_name = "banding"
urlpatterns = [
    path("returns/", returns.ReturnList.as_view(), name="return_list"),
    path("returns/<uuid:pk>/", returns.ReturnDetail.as_view(), name="return_detail"),
    path("returns/<uuid:pk>/check/", returns.ReturnCheck.as_view(), name="return_check"),
    path("returns/<uuid:pk>/submit/", returns.ReturnSubmit.as_view(), name="return_submit"),
    path(
        "returns/<uuid:pk>/submitted/", returns.ReturnSubmitted.as_view(), name="return_submitted"
    ),
    path("returns/<uuid:pk>/accept/", collections.ReturnAccept.as_view(), name="return_accept"),
    path("returns/<uuid:pk>/extend/", collections.ReturnExtend.as_view(), name="return_extend"),
    path(
        "returns/<uuid:pk>/send-back/",
        collections.ReturnSendBack.as_view(),
        name="return_send_back",
    ),
    path("returns/<uuid:pk>/joiners/new/", changes.JoinerCreate.as_view(), name="joiner_create"),
    path(
        "returns/pupils/<uuid:pk>/decision/", decisions.DecisionEdit.as_view(), name="decision_edit"
    ),
    path(
        "returns/pupils/<uuid:pk>/decision/suggestion/",
        decisions.DecisionSuggestion.as_view(),
        name="decision_suggestion",
    ),
    path(
        "returns/pupils/<uuid:pk>/decision/discard/",
        decisions.DecisionDiscard.as_view(),
        name="decision_discard",
    ),
    path(
        "returns/pupils/<uuid:pk>/change/", changes.PupilChangeEdit.as_view(), name="pupil_change"
    ),
    path(
        "returns/pupils/<uuid:pk>/change/undo/",
        changes.PupilChangeUndo.as_view(),
        name="pupil_change_undo",
    ),
    path(
        "returns/pupils/<uuid:pk>/exceptional/",
        exceptional.ExceptionalRequestCreate.as_view(),
        name="exceptional_create",
    ),
    path(
        "exceptional-requests/",
        exceptional.ExceptionalRequestList.as_view(),
        name="exceptional_list",
    ),
    path(
        "exceptional-requests/<uuid:pk>/",
        exceptional.ExceptionalRequestDetail.as_view(),
        name="exceptional_detail",
    ),
    path(
        "exceptional-requests/<uuid:pk>/withdraw/",
        exceptional.ExceptionalRequestWithdraw.as_view(),
        name="exceptional_withdraw",
    ),
    path("joiners/", joiners.JoinerList.as_view(), name="joiner_list"),
    path("joiners/<uuid:pk>/", joiners.JoinerDetail.as_view(), name="joiner_detail"),
    path("joiners/<uuid:pk>/withdraw/", changes.JoinerWithdraw.as_view(), name="joiner_withdraw"),
    path("collections/", collections.CollectionList.as_view(), name="collection_list"),
    path("collections/new/", collections.CollectionCreate.as_view(), name="collection_create"),
    path(
        "collections/<uuid:pk>/", collections.CollectionDetail.as_view(), name="collection_detail"
    ),
    path(
        "collections/<uuid:pk>/sync/", collections.CollectionSync.as_view(), name="collection_sync"
    ),
    path("frameworks/", frameworks.FrameworkList.as_view(), name="framework_list"),
    path("frameworks/new/", frameworks.FrameworkUpload.as_view(), name="framework_upload"),
    path("frameworks/<uuid:pk>/", frameworks.FrameworkDetail.as_view(), name="framework_detail"),
    path("pupils/<uuid:pk>/bands/", panel.PanelDecisions.as_view(), name="panel_list"),
    path(
        "pupils/<uuid:pk>/bands/<uuid:framework_pk>/",
        panel.PanelDecisionCreate.as_view(),
        name="panel_decision",
    ),
]
urlpatterns += urls_templates.urlpatterns
urlpatterns += urls_caseload.urlpatterns
urlpatterns += urls_reminders.urlpatterns
