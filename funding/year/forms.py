"""The budget of a year, a field for each sector (F19)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from banding_portal.forms import PortalForm
from banding_portal.pounds_field import PoundsField
from schools.choices import Sector


class BudgetForm(PortalForm):
    """Left empty, a sector has no budget."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sector in Sector:
            self.fields[sector.value] = PoundsField(
                named="The budget", required=False, max_digits=14, decimal_places=2,
                min_value=Decimal(0), label=sector.label,
                error_messages={"min_value": "The budget cannot be less than £0"},
            )  # fmt: skip
            self.fields[sector.value].widget.attrs["class"] = "govuk-input govuk-input--width-10"

    @property
    def amounts(self) -> Mapping[str, Decimal | None]:
        return {sector.value: self.cleaned_data.get(sector.value) for sector in Sector}
