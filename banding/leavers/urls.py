"""Addresses of joiners and leavers told out of a return."""

from django.urls import path

from banding.leavers import views

urlpatterns = [
    path("joined-and-left/", views.ToldList.as_view(), name="told_list"),
    path("joined-and-left/<uuid:pk>/leavers/new/", views.LeaverTell.as_view(), name="leaver_tell"),
    path("leavers/", views.LeaverList.as_view(), name="leaver_list"),
    path("leavers/<uuid:pk>/", views.LeaverDetail.as_view(), name="leaver_detail"),
    path("leavers/<uuid:pk>/withdraw/", views.LeaverWithdraw.as_view(), name="leaver_withdraw"),
]
