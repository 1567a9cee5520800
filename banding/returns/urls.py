"""Addresses of returns."""

from django.urls import path

from banding.returns import life_views as life
from banding.returns import views

urlpatterns = [
    path("returns/", views.ReturnList.as_view(), name="return_list"),
    path(
        "returns/new/<uuid:collection_pk>/<uuid:school_pk>/",
        views.ReturnStart.as_view(),
        name="return_start",
    ),
    path("returns/<uuid:pk>/", views.ReturnDetail.as_view(), name="return_detail"),
    path("returns/<uuid:pk>/check/", views.ReturnCheck.as_view(), name="return_check"),
    path("returns/<uuid:pk>/submit/", views.ReturnSubmit.as_view(), name="return_submit"),
    path("returns/<uuid:pk>/confirm/", views.ReturnConfirm.as_view(), name="return_confirm"),
    path("returns/<uuid:pk>/submitted/", views.ReturnSubmitted.as_view(), name="return_submitted"),
    path("returns/<uuid:pk>/accept/", views.ReturnAccept.as_view(), name="return_accept"),
    path("returns/<uuid:pk>/withdraw/", life.ReturnWithdraw.as_view(), name="return_withdraw"),
    path("returns/<uuid:pk>/ready/", life.ReturnReady.as_view(), name="return_ready"),
    path("returns/<uuid:pk>/extend/", views.ReturnExtend.as_view(), name="return_extend"),
    path(
        "returns/<uuid:pk>/send-back/",
        views.ReturnSendBack.as_view(),
        name="return_send_back",
    ),
]
