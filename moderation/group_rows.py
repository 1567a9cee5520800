"""A row of a breakdown of the results: its figures, and the same in words (M7)."""

from dataclasses import dataclass

from banding_portal.words import number, percent

UNDER_FIVE = "hidden"
NOT_DEFINED = "not defined"


@dataclass(frozen=True)
class GroupRow:
    """What is None is hidden; a share without an interval has None for its bounds."""

    label: str
    cases: int | None
    same: float | None
    """The share with the same band, or level of an area; 0 to 1."""
    low: float | None
    high: float | None
    higher: int | None
    lower: int | None

    @property
    def cases_words(self) -> str:
        return count_words(self.cases)

    @property
    def same_words(self) -> str:
        return UNDER_FIVE if self.same is None else percent(self.same)

    @property
    def interval_words(self) -> str:
        """54.0% to 69.2%"""
        if self.low is None or self.high is None:
            return ""
        return f"{percent(self.low)} to {percent(self.high)}"

    @property
    def higher_words(self) -> str:
        return count_words(self.higher)

    @property
    def lower_words(self) -> str:
        return count_words(self.lower)


def count_words(count: int | None) -> str:
    return UNDER_FIVE if count is None else number(count)
