"""Addresses of cases that were kept too long."""

from django.urls import path

from moderation.leases import views

urlpatterns = [
    path(
        "moderation/samples/<uuid:pk>/take-back/",
        views.CasesTakeBack.as_view(),
        name="cases_take_back",
    ),
]
