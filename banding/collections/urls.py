"""Addresses of collections."""

from django.urls import path

from banding.collections import life_views as life
from banding.collections import opening_views as opening
from banding.collections import returns_views as returns
from banding.collections import views

urlpatterns = [
    path(
        "collections/<uuid:pk>/calendar.ics",
        views.CollectionCalendar.as_view(),
        name="collection_calendar",
    ),
    path("collections/", views.CollectionList.as_view(), name="collection_list"),
    path("collections/new/", opening.CollectionCreate.as_view(), name="collection_create"),
    path("collections/new/sectors/", opening.ExerciseCreate.as_view(), name="exercise_create"),
    path("collections/<uuid:pk>/", views.CollectionDetail.as_view(), name="collection_detail"),
    path(
        "collections/<uuid:pk>/returns/",
        returns.CollectionReturns.as_view(),
        name="collection_returns",
    ),
    path(
        "collections/<uuid:pk>/returns.csv",
        returns.CollectionReturnsFile.as_view(),
        name="collection_returns_file",
    ),
    path("collections/<uuid:pk>/edit/", life.CollectionEdit.as_view(), name="collection_edit"),
    path("collections/<uuid:pk>/close/", life.CollectionClose.as_view(), name="collection_close"),
    path(
        "collections/<uuid:pk>/reopen/", life.CollectionReopen.as_view(), name="collection_reopen"
    ),
    path(
        "collections/<uuid:pk>/delete/", life.CollectionDelete.as_view(), name="collection_delete"
    ),
    path("collections/<uuid:pk>/sync/", views.CollectionSync.as_view(), name="collection_sync"),
]
