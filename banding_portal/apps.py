from django.apps import AppConfig


class BandingPortalConfig(AppConfig):
    name = "banding_portal"
