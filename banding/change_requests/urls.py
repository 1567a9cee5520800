"""Addresses of requests to change a band."""

from django.urls import path

from banding.change_requests import views

urlpatterns = [
    path(
        "returns/pupils/<uuid:pk>/change-request/",
        views.ChangeRequestCreate.as_view(),
        name="change_request_create",
    ),
    path("change-requests/", views.ChangeRequestList.as_view(), name="change_request_list"),
    path(
        "change-requests/<uuid:pk>/",
        views.ChangeRequestDetail.as_view(),
        name="change_request_detail",
    ),
    path(
        "change-requests/<uuid:pk>/withdraw/",
        views.ChangeRequestWithdraw.as_view(),
        name="change_request_withdraw",
    ),
]
