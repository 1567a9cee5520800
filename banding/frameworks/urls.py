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
    path(
        "frameworks/<uuid:pk>/publish/", views.FrameworkInForce.as_view(), name="framework_publish"
    ),
    path("frameworks/<uuid:pk>/retire/", views.FrameworkRetire.as_view(), name="framework_retire"),
    path("frameworks/<uuid:pk>/share/", views.FrameworkShare.as_view(), name="framework_share"),
    path(
        "frameworks/<uuid:pk>/preview/", views.FrameworkPreview.as_view(), name="framework_preview"
    ),
    path(
        "frameworks/<uuid:pk>/compare/", views.FrameworkCompare.as_view(), name="framework_compare"
    ),
    path(
        "frameworks/booklets/<slug:code>/<str:version>/",
        views.FrameworkBooklet.as_view(),
        name="framework_booklet",
    ),
    path("frameworks/<uuid:pk>/", views.FrameworkDetail.as_view(), name="framework_detail"),
]
