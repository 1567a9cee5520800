"""The address of the sheet."""

from django.urls import path

from banding.sheets import views

urlpatterns = [
    path("returns/pupils/<uuid:pk>/sheet/", views.ReviewSheet.as_view(), name="review_sheet")
]
