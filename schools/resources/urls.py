"""Addresses of resources."""

from django.urls import path

from schools.resources import views

ONE = "resources/<uuid:pk>"
urlpatterns = [
    path("resources/", views.ResourceList.as_view(), name="resource_list"),
    path("resources/new/", views.ResourceCreate.as_view(), name="resource_create"),
    path(f"{ONE}/", views.ResourceDetail.as_view(), name="resource_detail"),
    path(f"{ONE}/file/", views.ResourceFile.as_view(), name="resource_file"),
    path(f"{ONE}/edit/", views.ResourceEdit.as_view(), name="resource_edit"),
    path(f"{ONE}/attach/", views.ResourceAttach.as_view(), name="resource_attach"),
    path(f"{ONE}/publish/", views.ResourcePublish.as_view(), name="resource_publish"),
    path(f"{ONE}/renew/", views.ResourceRenew.as_view(), name="resource_renew"),
    path(f"{ONE}/withdraw/", views.ResourceWithdraw.as_view(), name="resource_withdraw"),
    path(f"{ONE}/delete/", views.ResourceDelete.as_view(), name="resource_delete"),
]
