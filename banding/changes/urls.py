"""Addresses of pupil changes."""

from django.urls import path

from banding.changes import views

urlpatterns = [
    path(
        "returns/pupils/<uuid:pk>/change/",
        views.PupilChangeEdit.as_view(),
        name="pupil_change",
    ),
    path(
        "returns/pupils/<uuid:pk>/change/undo/",
        views.PupilChangeUndo.as_view(),
        name="pupil_change_undo",
    ),
]
