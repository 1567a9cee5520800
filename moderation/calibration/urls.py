"""Addresses of calibration."""

from django.urls import path

from moderation.calibration import views

urlpatterns = [
    path("moderation/calibration/", views.CalibrationHome.as_view(), name="calibration"),
    path(
        "moderation/calibration/frameworks/<uuid:pk>/start/",
        views.CalibrationStart.as_view(),
        name="calibration_start",
    ),
    path(
        "moderation/calibration/sets/<uuid:pk>/",
        views.CalibrationSet.as_view(),
        name="calibration_set",
    ),
    path(
        "moderation/calibration/cases/<uuid:pk>/",
        views.TrainingCase.as_view(),
        name="training_case",
    ),
]
