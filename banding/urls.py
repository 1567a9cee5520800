"""Addresses of banding; each room has its own."""

from django.urls import include, path

app_name = "banding"
ROOMS = (
    "returns",
    "changes",
    "decisions",
    "grid",
    "notes",
    "marks",
    "sheets",
    "exceptional",
    "change_requests",
    "joiners",
    "leavers",
    "details",
    "transfers",
    "collections",
    "feeds",
    "frameworks",
    "panel",
    "templates_io",
    "caseload",
    "reminders",
    "roll_over",
    "similar",
)
urlpatterns = [path("", include(f"banding.{room}.urls")) for room in ROOMS]
