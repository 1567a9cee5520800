"""Addresses of the roll-over."""

from django.urls import path

from banding.roll_over import views

urlpatterns = [
    path("roll-over/", views.RollOverPreview.as_view(), name="roll_over"),
    path("roll-over/<int:new_year>/", views.RollOverApply.as_view(), name="roll_over_apply"),
    path("roll-over/jobs/<uuid:pk>/", views.RollOverDetail.as_view(), name="roll_over_detail"),
]
