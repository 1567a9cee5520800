"""Addresses of the ledger."""

from django.urls import path

from funding.ledger import views

urlpatterns = [
    path("ledger/", views.LedgerCodes.as_view(), name="ledger_codes"),
    path(
        "ledger/codes/<uuid:pk>/remove/",
        views.LedgerCodeRemove.as_view(),
        name="ledger_code_remove",
    ),
    path("ledger/set-up/", views.LedgerSetupEdit.as_view(), name="ledger_setup"),
    path("ledger/payees/", views.PayeeList.as_view(), name="payee_list"),
    path("ledger/payees/set/", views.PayeesSet.as_view(), name="payees_set"),
    path("ledger/files/<uuid:pk>/", views.LedgerFileDownload.as_view(), name="ledger_file"),
    path("runs/<uuid:pk>/ledger/", views.RunLedger.as_view(), name="run_ledger"),
]
