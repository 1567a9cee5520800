"""Addresses of the capacity of moderators."""

from django.urls import path

from moderation.capacity import views

urlpatterns = [
    path("moderation/moderators/", views.ModeratorList.as_view(), name="moderator_list"),
    path(
        "moderation/moderators/<uuid:pk>/", views.ModeratorCapacity.as_view(), name="capacity_edit"
    ),
    path(
        "moderation/moderators/absences/<uuid:pk>/end/",
        views.AbsenceEnd.as_view(),
        name="absence_end",
    ),
]
