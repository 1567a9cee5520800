"""Addresses of exceptional requests."""

from django.urls import path

from banding.exceptional import views

urlpatterns = [
    path(
        "returns/pupils/<uuid:pk>/exceptional/",
        views.ExceptionalRequestCreate.as_view(),
        name="exceptional_create",
    ),
    path(
        "decisions/<uuid:pk>/exceptional/",
        views.ExceptionalRequestOfDecision.as_view(),
        name="exceptional_of_decision",
    ),
    path("exceptional-requests/", views.ExceptionalRequestList.as_view(), name="exceptional_list"),
    path(
        "exceptional-requests/<uuid:pk>/",
        views.ExceptionalRequestDetail.as_view(),
        name="exceptional_detail",
    ),
    path(
        "exceptional-requests/<uuid:pk>/end/",
        views.ExceptionalAmountEnd.as_view(),
        name="exceptional_end",
    ),
    path(
        "exceptional-requests/<uuid:pk>/withdraw/",
        views.ExceptionalRequestWithdraw.as_view(),
        name="exceptional_withdraw",
    ),
]
