"""Addresses of frameworks."""

from django.urls import path

from banding.frameworks import views

urlpatterns = [
    path("frameworks/", views.FrameworkList.as_view(), name="framework_list"),
    path("frameworks/new/", views.FrameworkUploadCreate.as_view(), name="framework_upload"),
    path(
        "frameworks/uploads/<uuid:pk>/",
        views.FrameworkUploadDetail.as_view(),
        name="framework_upload_detail",
    ),
    path("frameworks/<uuid:pk>/", views.FrameworkDetail.as_view(), name="framework_detail"),
]
