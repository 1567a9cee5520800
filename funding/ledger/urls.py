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
    path("ledger/own-layout/", views.OwnLayoutEdit.as_view(), name="own_layout"),
    path("ledger/payees/", views.PayeeList.as_view(), name="payee_list"),
    path("ledger/payees/set/", views.PayeesSet.as_view(), name="payees_set"),
    path("ledger/files/<uuid:pk>/", views.LedgerFileDownload.as_view(), name="ledger_file"),
    path("ledger/payments/upload/", views.PaymentsUploadCreate.as_view(), name="payments_upload"),
    path(
        "ledger/payments/uploads/<uuid:pk>/",
        views.PaymentsUploadDetail.as_view(),
        name="payments_upload_detail",
    ),
    path("runs/<uuid:pk>/payments/", views.PaymentList.as_view(), name="payment_list"),
    path("runs/<uuid:pk>/ledger/", views.RunLedger.as_view(), name="run_ledger"),
]
