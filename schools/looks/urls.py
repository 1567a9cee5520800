"""Addresses of who looked at whom."""

from django.urls import path

from schools.looks import views

urlpatterns = [
    path("looks/", views.LookList.as_view(), name="look_list"),
    path("looks/printed/", views.LookPrinted.as_view(), name="look_printed"),
    path("looks/unusual/", views.UnusualList.as_view(), name="unusual_list"),
    path("looks/unusual/<uuid:pk>/", views.UnusualAnswer.as_view(), name="unusual_day"),
    path("looks/<uuid:pk>/", views.LookDetail.as_view(), name="look_detail"),
    path("pupils/<uuid:pk>/looks/", views.PupilLooks.as_view(), name="pupil_looks"),
]
