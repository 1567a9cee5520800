"""Addresses of the cases judged besides the random ones."""

from django.urls import path

from moderation.targeting import views

TARGETS = "moderation/samples/<uuid:pk>/targeted/"
urlpatterns = [
    path(TARGETS, views.SampleTargets.as_view(), name="target_list"),
    path(f"{TARGETS}by-hand/", views.TargetByHand.as_view(), name="target_by_hand"),
    path(f"{TARGETS}<slug:reason>/", views.TargetByRule.as_view(), name="target_by_rule"),
]
