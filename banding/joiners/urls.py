"""Addresses of joiners."""

from django.urls import path

from banding.joiners import views

urlpatterns = [
    path("returns/<uuid:pk>/joiners/new/", views.JoinerCreate.as_view(), name="joiner_create"),
    path("joined-and-left/<uuid:pk>/joiners/new/", views.JoinerTell.as_view(), name="joiner_tell"),
    path("joiners/", views.JoinerList.as_view(), name="joiner_list"),
    path("joiners/<uuid:pk>/", views.JoinerDetail.as_view(), name="joiner_detail"),
    path("joiners/<uuid:pk>/withdraw/", views.JoinerWithdraw.as_view(), name="joiner_withdraw"),
]
