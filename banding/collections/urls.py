"""Addresses of collections."""

from django.urls import path

from banding.collections import views

urlpatterns = [
    path(
        "collections/<uuid:pk>/calendar.ics",
        views.CollectionCalendar.as_view(),
        name="collection_calendar",
    ),
    path("collections/", views.CollectionList.as_view(), name="collection_list"),
    path("collections/new/", views.CollectionCreate.as_view(), name="collection_create"),
    path("collections/<uuid:pk>/", views.CollectionDetail.as_view(), name="collection_detail"),
    path("collections/<uuid:pk>/sync/", views.CollectionSync.as_view(), name="collection_sync"),
]
