"""The address of the grid."""

from django.urls import path

from banding.grid import views

urlpatterns = [path("returns/<uuid:pk>/bands/", views.ReturnGrid.as_view(), name="return_grid")]
