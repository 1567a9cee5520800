"""Addresses of contacts."""

from django.urls import path

from schools.contacts import views

urlpatterns = [
    path("schools/contacts/", views.ContactList.as_view(), name="contact_list"),
    path("schools/<uuid:pk>/contacts/", views.ContactEdit.as_view(), name="contact_edit"),
]
