"""Addresses of the portal; each app has its own."""

from django.urls import include, path

from banding_portal.views import HomeView

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("accounts/", include("allauth.urls")),
    path("", include("schools.urls")),
    path("", include("banding.urls")),
    path("", include("moderation.urls")),
    path("", include("funding.urls")),
]

handler403 = "banding_portal.error_views.wrong_role"
handler500 = "banding_portal.error_views.server_error"
