"""Addresses of finance systems that are told of published runs."""

from django.urls import path

from funding.webhooks import views

urlpatterns = [
    path("interface/systems/", views.WebhookList.as_view(), name="webhook_list"),
    path("interface/systems/new/", views.WebhookMake.as_view(), name="webhook_make"),
    path("interface/systems/<uuid:pk>/end/", views.WebhookEnd.as_view(), name="webhook_end"),
    path("interface/messages/<uuid:pk>/again/", views.WebhookAgain.as_view(), name="webhook_again"),
]
