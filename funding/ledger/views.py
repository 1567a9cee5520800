"""Ledger codes and payee references, and the ledger files of a run (F18)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import counted, day, money
from funding.forms.runs import PayeeSearchForm
from funding.ledger.columns import PAYMENT_COLUMNS, PAYMENT_LIMITS
from funding.ledger.forms import (
    CREDIT,
    WAIT,
    LedgerCodeForm,
    LedgerFilesForm,
    LedgerSetupForm,
    OwnLayoutForm,
    PayeesForm,
)
from funding.ledger.layouts import OWN, TWO_COLUMNS
from funding.ledger.models import (
    LedgerCode,
    LedgerFile,
    LedgerSetup,
    OwnLayout,
    PayableDocument,
    PaymentsUpload,
)
from funding.ledger.own_layout import JOURNAL_WORDS, PAYABLE_WORDS, written
from funding.ledger.selectors import (
    documents_of_run,
    files_of,
    payments_of,
    schools_with_payees,
)
from funding.ledger.services import (
    make_ledger_files,
    remove_ledger_code,
    set_ledger_code,
    set_own_layout,
    set_payees,
    set_up_ledger,
)
from funding.models import Run
from funding.views.finding import AboutRun
from schools.models import School

SETUP_FIELDS = ("layout", "contra_cost_centre", "contra_subjective", "vat_code")


class LedgerCodes(FormPage[None]):
    """Every code, and what the files have in common; officers add a code here."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = LedgerCodeForm
    template_name = "funding/ledger_codes.html"

    def act(self, form: LedgerCodeForm) -> str:
        code = set_ledger_code(**form.cleaned_data, by=self.user)
        return f"{code}: {code.cost_centre} {code.subjective}."

    def next_url(self) -> str:
        return reverse("funding:ledger_codes")

    def context(self) -> dict[str, Any]:
        return {
            "codes": LedgerCode.objects.all(),
            "setup": LedgerSetup.objects.first(),
            "may_write": self.user.has_role(*FINANCE_OFFICER),
        }


class LedgerCodeRemove(ActionPage[LedgerCode]):
    allowed_roles = FINANCE_OFFICER

    def find(self) -> LedgerCode:
        return get_object_or_404(LedgerCode, pk=self.kwargs["pk"])

    def act(self) -> str:
        said = f"The code for {self.found} is taken away."
        remove_ledger_code(code=self.found, by=self.user)
        return said

    def next_url(self) -> str:
        return reverse("funding:ledger_codes")


class OwnLayoutEdit(FormPage[OwnLayout | None]):
    """The columns that the authority's own ledger takes, as text; those of the first shape else."""

    allowed_roles = FINANCE_OFFICER
    form_class = OwnLayoutForm
    template_name = "funding/own_layout.html"

    def find(self) -> OwnLayout | None:
        return OwnLayout.objects.first()

    def get_initial(self) -> dict[str, Any]:
        layout = self.found.layout if self.found else TWO_COLUMNS
        return {
            "delimiter": layout.delimiter,
            "day": layout.day,
            "journal": written(layout.journal, JOURNAL_WORDS),
            "payables": written(layout.payables, PAYABLE_WORDS),
        }

    def act(self, form: OwnLayoutForm) -> str:
        set_own_layout(**form.cleaned_data, by=self.user)
        setup = LedgerSetup.objects.first()
        if setup and setup.layout == OWN:
            return "Saved. Files that are made from now on have these columns."
        return "Saved. Choose your own layout where you say how files are made, to use it."

    def next_url(self) -> str:
        return reverse("funding:ledger_codes")


class LedgerSetupEdit(FormPage[None]):
    """The shape of the files, the other side of the journal, and what is done about debts."""

    allowed_roles = FINANCE_OFFICER
    form_class = LedgerSetupForm
    template_name = "funding/ledger_setup.html"

    def get_initial(self) -> dict[str, Any]:
        setup = LedgerSetup.objects.first()
        if setup is None:
            return {"carries": CREDIT}
        kept = {name: getattr(setup, name) for name in SETUP_FIELDS}
        return kept | {"carries": WAIT if setup.carries else CREDIT}

    def act(self, form: LedgerSetupForm) -> str:
        set_up_ledger(**form.cleaned_data, by=self.user)
        return "Saved. Files that are made from now on follow it."

    def next_url(self) -> str:
        return reverse("funding:ledger_codes")


class PayeeList(ListPage[None]):
    """Whom each school is paid under."""

    allowed_roles = FUNDING_READERS
    filter_class = PayeeSearchForm
    template_name = "funding/payee_list.html"
    orders: ClassVar = {
        "school": by("name", "urn"),
        "urn": by("urn"),
        "payee_reference": by("payee_reference", "name"),
        "trust": by("trust", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[School]:
        return schools_with_payees(self.user, wanted.get("search", ""))

    def context(self) -> dict[str, Any]:
        return {"may_write": self.user.has_role(*FINANCE_OFFICER)}


class PayeesSet(FormPage[None]):
    """Many payee references at once."""

    allowed_roles = FINANCE_OFFICER
    form_class = PayeesForm
    template_name = "funding/payees_set.html"

    def act(self, form: PayeesForm) -> str:
        changed = set_payees(references=form.cleaned_data["references"], by=self.user)
        return f"The payee references of {counted(changed, 'school')} changed."

    def next_url(self) -> str:
        return reverse("funding:payee_list")


class RunLedger(AboutRun, FormPage[Run]):
    """The ledger files of a run: made with a posting date, and downloaded."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = LedgerFilesForm
    template_name = "funding/run_ledger.html"

    def get_initial(self) -> dict[str, Any]:
        return {"posting_date": timezone.localdate()}

    def act(self, form: LedgerFilesForm) -> str:
        journal, payables = make_ledger_files(run=self.found, **form.cleaned_data, by=self.user)
        return (
            f"Made for {day(journal.posting_date)}: a journal of {money(journal.total)} on each "
            f"side, and payables of {money(payables.total)}."
        )

    def next_url(self) -> str:
        return reverse("funding:run_ledger", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {
            "run": self.found,
            "files": files_of(self.found, self.user),
            "payments": payments_of(self.found, self.user),
            "may_write": self.user.has_role(*FINANCE_OFFICER),
        }


class PaymentList(AboutRun, ListPage[Run]):
    """The documents of a run’s payables, and which of them the ledger has paid."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/payment_list.html"
    usual = "pay_date"
    orders: ClassVar = {
        "document": by("number"),
        "payee": by("payee_name", "number"),
        "pay_date": by("pay_date", "number"),
        "amount": by("amount", "number"),
        "paid": by("paid_on", "number"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[PayableDocument]:
        return documents_of_run(self.found, self.user)

    def context(self) -> dict[str, Any]:
        return {
            "run": self.found,
            "payments": payments_of(self.found, self.user),
            "may_write": self.user.has_role(*FINANCE_OFFICER),
        }


class PaymentsUploads(UploadPages, abstract=True):
    allowed_roles = FINANCE_OFFICER
    model = PaymentsUpload
    heading = "Upload payments from the ledger"
    create_name = "funding:payments_upload"
    detail_name = "funding:payments_upload_detail"
    parent_name = "funding:run_list"


class PaymentsUploadCreate(PaymentsUploads, UploadCreate):
    """Payments as a file, all or nothing."""

    limits = PAYMENT_LIMITS
    template_name = "funding/payments_upload.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"columns": PAYMENT_COLUMNS}


class PaymentsUploadDetail(PaymentsUploads, UploadDetail):
    """Whoever reads payments may look, officers apply."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    apply_text = "Apply these payments"
    applied_text = "The payments are saved"
    next_text = "See the runs"
    who_heading = "Document"


class LedgerFileDownload(About[LedgerFile]):
    """The file as it was made."""

    allowed_roles = FUNDING_READERS

    def find(self) -> LedgerFile:
        return get_object_or_404(LedgerFile.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(bytes(self.found.content), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.found.filename}"'
        return response
