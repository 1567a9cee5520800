"""Bands beside those of similar schools: for a school its own, for the authority who lies apart."""

from functools import cached_property
from typing import Any, ClassVar

from banding.collections.views import AboutCollection
from banding.models import Collection, Return
from banding.returns.pages import AboutReturn
from banding.similar.forms import ApartForm, NeedForm
from banding.similar.rules import APART, ENOUGH_PUPILS, ENOUGH_SCHOOLS, FEWEST
from banding.similar.selectors import IN, BandShare, Beside, beside_similar, schools_apart
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import Order
from banding_portal.roles import ALL_PUPIL_ROLES, RETURN_READERS
from banding_portal.words import percent

ENOUGH = {"enough_schools": ENOUGH_SCHOOLS, "enough_pupils": ENOUGH_PUPILS, "fewest": FEWEST}


class ReturnSimilar(AboutReturn, ListPage[Return]):
    """A school's bands beside those of similar schools, once its return is in."""

    allowed_roles = RETURN_READERS
    shows_pupils = True
    template_name = "banding/return_similar.html"
    filter_class = NeedForm

    @cached_property
    def beside(self) -> Beside | None:
        if self.found.state not in IN:
            return None
        return beside_similar(self.found, self.wanted.get("need") or "")

    def rows(self, wanted: dict[str, Any]) -> list[BandShare]:
        return self.beside.shares if self.beside else []

    def context(self) -> dict[str, Any]:
        chart = [
            {
                "label": str(row.band),
                "values": (row.own, row.others),
                "texts": (f"{percent_of(row.own)} ({row.pupils})", percent_of(row.others)),
            }
            for row in self.page_obj
        ]
        return {"beside": self.beside, "chart": chart, **ENOUGH}


def percent_of(share: Any) -> str:
    return f"fewer than {FEWEST}" if share is None else percent(share, 0)


class CollectionSimilar(AboutCollection, ListPage[Collection]):
    """Schools whose bands lie apart from those of similar schools."""

    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/collection_similar.html"
    filter_class = ApartForm
    orders: ClassVar = {
        "school": Order(key=lambda row: row.school.name),
        "pupils": Order(key=lambda row: row.pupils),
        "average": Order(key=lambda row: row.lying.mean),
        "difference": Order(key=lambda row: row.lying.difference),
    }

    def rows(self, wanted: dict[str, Any]) -> Any:
        return schools_apart(self.found, wanted)

    def context(self) -> dict[str, Any]:
        return {"collection": self.found, "errors_apart": int(APART), **ENOUGH}
