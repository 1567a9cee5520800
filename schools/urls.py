"""Addresses of schools."""

from django.urls import path

from schools.views import imports

app_name = "schools"
urlpatterns = [
    path("imports/", imports.ImportHome.as_view(), name="import_home"),
    path("imports/register/new/", imports.RegisterUploadCreate.as_view(), name="register_upload"),
    path(
        "imports/register/<uuid:pk>/",
        imports.RegisterUploadDetail.as_view(),
        name="register_upload_detail",
    ),
]
