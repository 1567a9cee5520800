"""Address of the dashboard."""

from django.urls import path

from moderation.dashboard import views

urlpatterns = [
    path(
        "moderation/samples/<uuid:pk>/dashboard/",
        views.SampleDashboard.as_view(),
        name="sample_dashboard",
    ),
]
