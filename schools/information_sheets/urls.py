"""Addresses of information sheets."""

from django.urls import path

from schools.information_sheets import views

ONE = "information-sheets/<uuid:pk>"
urlpatterns = [
    path("information-sheets/", views.SheetList.as_view(), name="sheet_list"),
    path("information-sheets/new/", views.SheetCreate.as_view(), name="sheet_create"),
    path(f"{ONE}/", views.SheetDetail.as_view(), name="sheet_detail"),
    path(f"{ONE}/edit/", views.SheetEdit.as_view(), name="sheet_edit"),
    path(f"{ONE}/publish/", views.SheetPublish.as_view(), name="sheet_publish"),
    path(f"{ONE}/delete/", views.SheetDelete.as_view(), name="sheet_delete"),
    path(f"{ONE}/withdraw/", views.SheetWithdraw.as_view(), name="sheet_withdraw"),
    path(f"{ONE}/read/", views.SheetRead.as_view(), name="sheet_read"),
    path(f"{ONE}/readers/", views.ReaderList.as_view(), name="sheet_readers"),
]
