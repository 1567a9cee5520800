"""Addresses of details to correct."""

from django.urls import path

from banding.details import views

urlpatterns = [
    path("details-to-correct/", views.DetailsList.as_view(), name="details_list"),
    path("details-to-correct/<uuid:pk>/", views.DetailsDetail.as_view(), name="details_detail"),
    path(
        "details-to-correct/<uuid:pk>/withdraw/",
        views.DetailsWithdraw.as_view(),
        name="details_withdraw",
    ),
]
