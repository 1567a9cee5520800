"""Addresses of the interface for finance systems."""

from django.urls import path

from funding.interface import api, views

urlpatterns = [
    path("interface/", views.InterfaceDescription.as_view(), name="interface"),
    path("interface/tokens/", views.TokenList.as_view(), name="token_list"),
    path("interface/tokens/new/", views.TokenMake.as_view(), name="token_make"),
    path("interface/tokens/<uuid:pk>/revoke/", views.TokenRevoke.as_view(), name="token_revoke"),
    path("api/v1/openapi.json", views.OpenApi.as_view(), name="openapi"),
    path("api/v1/", api.urls()),
]
