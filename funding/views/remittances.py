"""Remittances of a run: who is paid, each to print, all in one file (rules.md F17)."""

from typing import Any, ClassVar

from django.http import Http404

from banding_portal.pages import ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import FUNDING_READERS
from funding.forms.runs import PayeeSearchForm
from funding.models import RemittanceExport, Run
from funding.selectors.exports import kept_file
from funding.selectors.remittances import payee_of, payees_of, remittances_of
from funding.services.exports import start_remittances
from funding.views.finding import AboutRun
from funding.views.run_files import RunFileDetail, RunFileDownload, RunFileMake, RunFilePages


class RemittanceList(AboutRun, ListPage[Run]):
    """Whom a run pays, and every remittance in one file."""

    allowed_roles = FUNDING_READERS
    filter_class = PayeeSearchForm
    template_name = "funding/remittance_list.html"
    usual = "payee"
    orders: ClassVar = {
        "payee": by("name", "paid_to", then=()),
        "reference": by("paid_to", then=()),
        **{name: by(name, "paid_to", then=()) for name in ("schools", "pupils", "lines", "amount")},
    }

    def rows(self, wanted: dict[str, Any]) -> Any:
        return payees_of(self.found, wanted.get("search", ""))

    def context(self) -> dict[str, Any]:
        return {"run": self.found, "file": kept_file(RemittanceExport, self.found, self.user)}


class RemittanceDetail(AboutRun, Page[Run]):
    """What is paid for a school, with the others of the same payee; to print."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/remittance.html"

    def context(self) -> dict[str, Any]:
        payee = payee_of(self.found, self.kwargs["urn"])
        if not payee:
            raise Http404
        [remittance] = remittances_of(self.found, payee)
        return {"run": self.found, "remittance": remittance}


class RemittancesMake(RunFileMake):
    allowed_roles = FUNDING_READERS
    start = start_remittances
    page_name, detail_name = "funding:remittance_list", "funding:remittances_detail"


class RemittancesPages(RunFilePages, abstract=True):
    model = RemittanceExport
    page_name, detail_name = "funding:remittance_list", "funding:remittances_detail"


class RemittancesDetail(RemittancesPages, RunFileDetail):
    allowed_roles = FUNDING_READERS
    meanwhile = "When it is done, everybody in finance finds the file on the page of remittances."

    def words(self, done: int, total: int) -> str:
        return "remittances written"


class RemittancesFile(RemittancesPages, RunFileDownload):
    allowed_roles = FUNDING_READERS
