"""Addresses of a person's calendar."""

from django.urls import path

from banding.feeds import views

urlpatterns = [
    path("account/calendar/", views.FeedPage.as_view(), name="calendar_feed"),
    path("account/calendar/make/", views.FeedMake.as_view(), name="calendar_feed_make"),
    path("account/calendar/end/", views.FeedEnd.as_view(), name="calendar_feed_end"),
    path("calendar/<str:token>.ics", views.FeedFile.as_view(), name="calendar_feed_file"),
]
