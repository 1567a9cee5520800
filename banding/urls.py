"""Addresses of banding."""

from django.urls import URLPattern

app_name = "banding"
urlpatterns: list[URLPattern] = []
