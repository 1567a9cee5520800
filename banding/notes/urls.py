"""The address of a note."""

from django.urls import path

from banding.notes import views

urlpatterns = [path("returns/pupils/<uuid:pk>/note/", views.NoteEdit.as_view(), name="note_edit")]
