"""A scenario beside the authority's average and other authorities (rules.md F14)."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import money, percent
from banding_portal.workbook import MONEY
from funding.benchmarks.columns import LIMITS, OWN
from funding.benchmarks.forms import FiguresForm
from funding.benchmarks.models import AuthorityFigure, FiguresUpload
from funding.benchmarks.rules import Elsewhere, Figure, against, averages, elsewhere
from funding.choices import ComparedBy
from funding.exports.columns import Column
from funding.scenarios.showing import NOT_RECORDED, with_amounts, words_of_keys
from funding.scenarios.views import FiguresPage

NOT_YET = "The averages of this scenario have not been worked out yet. Read the pupils again first."
HEADS = {
    ComparedBy.SECTOR: "sector",
    ComparedBy.PHASE: "phase",
    ComparedBy.NEED: "primary need",
}


class ScenarioBenchmark(FiguresPage):
    """What a pupil costs by sector, phase and need, beside all pupils and other authorities."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_benchmark.html"
    part = "benchmark"
    columns = (
        Column("By", "", width=16),
        Column("Of", "", width=44),
        Column("Today", "", MONEY, 16),
        Column("Scenario", "", MONEY, 16),
        Column("Lowest elsewhere", "", MONEY, 16),
        Column("Middle elsewhere", "", MONEY, 16),
        Column("Highest elsewhere", "", MONEY, 16),
        Column("Authorities", "", width=12),
    )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if "average_all" not in (self.found.result or {}):
            return self.refused(RefusalError(NOT_YET))
        return super().get(*args, **kwargs)

    def rows_of_file(self) -> list[list[Any]]:
        return [
            [table["head"].capitalize(), row["label"], *row["values_here"], *elsewhere_of(row)]
            for table in self.context()["tables"]
            for row in table["rows"]
        ]

    def context(self) -> dict[str, Any]:
        rows = AuthorityFigure.objects.visible_to(self.user).values_list(
            "authority", "year", "by", "key", "pupils", "amount"
        )
        figures = [Figure(*row) for row in rows]
        result = with_amounts(self.found.result)
        there = averages(figures)
        return super().context() | {
            "whole": result["average_all"],
            "tables": [table_of(by, head, result, there) for by, head in HEADS.items()],
            "authorities": sorted({each.authority for each in figures}),
            "loads": self.user.has_role(*FINANCE_OFFICER),
        }


def table_of(
    by: str, head: str, result: dict[str, Any], there: dict[tuple[str, str], dict[str, Decimal]]
) -> dict[str, Any]:
    words = words_of_keys().get(by, {})
    found = result[f"average_by_{by}"]
    order = [key for key in words if key in found]
    order += [key for key in sorted(found) if key not in words]
    rows = [
        row_of(
            words.get(key) or key or NOT_RECORDED,
            found[key],
            result["average_all"]["then"],
            elsewhere(there.get((by, key), {})),
        )
        for key in order
    ]
    return {"head": head, "rows": rows, "compared": any(row["others"] for row in rows)}


def row_of(
    label: str, found: dict[str, Decimal], whole: Decimal, others: Elsewhere | None
) -> dict[str, Any]:
    """As the picture of pairs has it, the scenario first, and the cells of its table."""
    middle = others.middle if others else None
    return {
        "label": label,
        "values": [found["then"], middle],
        "texts": [money(found["then"]), money(middle)],
        "values_here": [found["today"], found["then"]],
        "today": money(found["today"]),
        "whole": signed(against(found["then"], whole)),
        "others": others,
        "against": signed(against(found["then"], middle)),
    }


def elsewhere_of(row: dict[str, Any]) -> list[Any]:
    found: Elsewhere | None = row["others"]
    if found is None:
        return [None] * 4
    return [found.lowest, found.middle, found.highest, found.authorities]


def signed(share: Decimal | None) -> str:
    """As +4% or −4%; a dash where there is nothing to compare with."""
    if share is None:
        return "–"
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{percent(abs(share), 0)}"


class FiguresUploads(UploadPages, abstract=True):
    allowed_roles = FINANCE_OFFICER
    model = FiguresUpload
    heading = "Upload other authorities’ figures"
    create_name = "funding:benchmark_upload"
    detail_name = "funding:benchmark_upload_detail"
    parent_name = "funding:scenario_list"


class FiguresUploadCreate(FiguresUploads, UploadCreate):
    """Figures as a file, all or nothing."""

    limits = LIMITS
    form_class = FiguresForm
    template_name = "funding/benchmark_upload.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"columns": OWN}


class FiguresUploadDetail(FiguresUploads, UploadDetail):
    """Whoever reads scenarios may look, officers apply."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    apply_text = "Keep these figures"
    applied_text = "The figures are saved"
    next_text = "See the scenarios"
    who_heading = "Authority"
