"""The address that says somebody has looked."""

from django.urls import path

from banding.marks import views

urlpatterns = [
    path("returns/pupils/<uuid:pk>/looked/", views.MarksLooked.as_view(), name="marks_looked")
]
