"""Addresses of the schools of a sample."""

from django.urls import path

from moderation.widening import views

urlpatterns = [
    path(
        "moderation/samples/<uuid:pk>/schools/",
        views.SampleSchools.as_view(),
        name="sample_schools",
    ),
    path(
        "moderation/samples/<uuid:pk>/schools/<uuid:school>/",
        views.SampleWiden.as_view(),
        name="sample_widen",
    ),
]
