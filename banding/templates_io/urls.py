"""Addresses of templates and their uploads."""

from django.urls import path

from banding.templates_io import views as templates

urlpatterns = [
    path(
        "collections/<uuid:pk>/templates/",
        templates.TemplateZipMake.as_view(),
        name="template_zip_make",
    ),
    path("templates/<uuid:pk>/", templates.TemplateZipDetail.as_view(), name="template_zip"),
    path(
        "templates/<uuid:pk>/file/", templates.TemplateZipFile.as_view(), name="template_zip_file"
    ),
    path(
        "returns/<uuid:pk>/template/",
        templates.TemplateDownload.as_view(),
        name="template_download",
    ),
    path(
        "returns/<uuid:pk>/uploads/new/",
        templates.TemplateUploadCreate.as_view(),
        name="template_upload",
    ),
    path(
        "uploads/several/",
        templates.TemplateBatchCreate.as_view(),
        name="template_batch_create",
    ),
    path(
        "uploads/several/<uuid:pk>/",
        templates.TemplateBatchDetail.as_view(),
        name="template_batch",
    ),
    path(
        "uploads/<uuid:pk>/",
        templates.TemplateUploadDetail.as_view(),
        name="template_upload_detail",
    ),
    path(
        "uploads/<uuid:pk>/correct/",
        templates.TemplateUploadMend.as_view(),
        name="template_upload_mend",
    ),
    path(
        "uploads/<uuid:pk>/problems/",
        templates.TemplateUploadMarked.as_view(),
        name="template_upload_marked",
    ),
]
