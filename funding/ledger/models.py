"""What the authority's ledger calls things, and the files made for it (rules.md F18)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited, audited_without
from banding_portal.jobs.models import KeptFile
from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from banding_portal.uploads.models import Upload
from funding.choices import DayFormat, Delimiter, LedgerFileKind
from funding.ledger.layouts import LAYOUTS, OWN, TWO_COLUMNS, Layout
from funding.models.runs import Run
from funding.section_251 import LINES
from schools.choices import Sector

if TYPE_CHECKING:
    from schools.models import User

LAYOUT_CHOICES = [
    *((layout.code, layout.name) for layout in LAYOUTS.values()),
    (OWN, "The columns of your own layout"),
]


@audited
class LedgerCode(UuidModel):
    """Where the money of a section 251 line in a sector is booked; empty stands for every one."""

    section = models.CharField(max_length=8, choices=list(LINES.items()), blank=True)
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    cost_centre = models.CharField(max_length=20)
    subjective = models.CharField(max_length=20)

    class Meta:
        ordering = ["section", "sector"]
        constraints = [
            models.UniqueConstraint(fields=["section", "sector"], name="ledger_code_once"),
            models.CheckConstraint(
                condition=~Q(cost_centre="") & ~Q(subjective=""), name="ledger_code_says_both"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.providers}, {self.sectors}"

    @property
    def providers(self) -> str:
        return self.get_section_display() if self.section else "All providers"

    @property
    def sectors(self) -> str:
        return self.get_sector_display() if self.sector else "every sector"


@audited
class LedgerSetup(UuidModel):
    """The one row of what files for the ledger have in common."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    layout = models.CharField(max_length=20, choices=LAYOUT_CHOICES, default=TWO_COLUMNS.code)
    contra_cost_centre = models.CharField(max_length=20)
    contra_subjective = models.CharField(max_length=20)
    vat_code = models.CharField(max_length=10, blank=True)
    carries = models.BooleanField(
        default=False, help_text="Whether who owes more than is paid waits for the next run."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_the_one=True), name="ledger_setup_is_one")
        ]

    @property
    def contra(self) -> str:
        return f"{self.contra_cost_centre} {self.contra_subjective}"

    def __str__(self) -> str:
        return "What files for the ledger have in common"


@audited
class OwnLayout(UuidModel):
    """The one row of the columns that an authority’s own ledger takes."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    delimiter = models.CharField(max_length=1, choices=Delimiter, default=Delimiter.COMMA)
    day = models.CharField(max_length=12, choices=DayFormat, default=DayFormat.SLASHES)
    journal = models.JSONField(help_text="Of each column its heading and what stands under it.")
    payables = models.JSONField(help_text="Likewise.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_the_one=True), name="own_layout_is_one")
        ]

    def __str__(self) -> str:
        return "Own layout of ledger files"

    @property
    def layout(self) -> Layout:
        journal = tuple((heading, fact) for heading, fact in self.journal)
        payables = tuple((heading, fact) for heading, fact in self.payables)
        return Layout(OWN, str(self), journal, payables, delimiter=self.delimiter, day=self.day)


class LedgerFileQuerySet(models.QuerySet["LedgerFile"]):
    def visible_to(self, user: "User") -> "LedgerFileQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


@audited_without("content", "waiting")
class LedgerFile(UuidModel, KeptFile):
    """A file of a published run as it was made, with the codes of that day."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="ledger_files")
    kind = models.CharField(max_length=8, choices=LedgerFileKind)
    posting_date = models.DateField()
    lines = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    waiting = models.JSONField(
        default=list,
        blank=True,
        db_default=[],
        help_text="What is carried on, row by row, for the files of the next run to take along.",
    )
    carried = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text="Pounds that wait for the next run."
    )
    brought = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text="Pounds that waited for this one."
    )
    pay_dates = models.JSONField(
        default=list, blank=True, db_default=[], help_text="Days on which payees are paid."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = LedgerFileQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="ledger_file_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.run}"


class PayableDocumentQuerySet(models.QuerySet["PayableDocument"]):
    def visible_to(self, user: "User") -> "PayableDocumentQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


@audited
class PayableDocument(UuidModel):
    """A document of a payables file, and what the ledger says became of it (rules.md F22)."""

    file = models.ForeignKey(LedgerFile, on_delete=models.CASCADE, related_name="documents")
    number = models.CharField(max_length=120)
    payee = models.CharField(max_length=40)
    payee_name = models.CharField(max_length=200)
    pay_date = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField(null=True)
    paid_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    objects = PayableDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pay_date", "number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="payable_document_once"),
            models.CheckConstraint(
                condition=Q(paid_on=None) ^ Q(paid_amount__isnull=False),
                name="payable_document_paid_with_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentsUpload(Upload):
    """What the ledger has paid, as a file (rules.md F22)."""

    WHAT = "Payments from the ledger"
    PAGE = "funding:payments_upload_detail"
    WORK = "funding.ledger.paying_back.import_payments"
    READERS = FUNDING_READERS
