"""Addresses of phase transfers: for the present school, and for the one that is named."""

from django.urls import path

from banding.transfers import views

urlpatterns = [
    path("moving-on/", views.TransferList.as_view(), name="transfer_list"),
    path("moving-on/<uuid:pk>/", views.TransferName.as_view(), name="transfer_name"),
    path(
        "moving-on/<uuid:pk>/withdraw/", views.TransferWithdraw.as_view(), name="transfer_withdraw"
    ),
    path("may-be-coming/", views.ArrivalList.as_view(), name="arrival_list"),
    path("may-be-coming/<uuid:pk>/", views.ArrivalAnswer.as_view(), name="arrival_answer"),
]
