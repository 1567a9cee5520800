"""Addresses of the help."""

from django.urls import path

from banding_portal.help.views import HelpAll, HelpHome, HelpTopic, HelpWords, Tour

urlpatterns = [
    path("", HelpHome.as_view(), name="help"),
    path("all/", HelpAll.as_view(), name="help_all"),
    path("words/", HelpWords.as_view(), name="help_words"),
    path("tour/", Tour.as_view(), name="tour"),
    path("<slug:slug>/", HelpTopic.as_view(), name="help_topic"),
]
