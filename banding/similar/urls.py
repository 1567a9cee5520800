"""Addresses of the comparison with similar schools."""

from django.urls import path

from banding.similar import views

urlpatterns = [
    path("returns/<uuid:pk>/similar/", views.ReturnSimilar.as_view(), name="return_similar"),
    path(
        "collections/<uuid:pk>/similar/",
        views.CollectionSimilar.as_view(),
        name="collection_similar",
    ),
]
