"""Why funding refuses; each message is for the person."""

from collections.abc import Sequence

from banding_portal.uploads.results import Issue


class CalendarError(ValueError):
    """Raised for a payment calendar that breaks F1 or can't be replaced. Lists every reason."""

    def __init__(self, *problems: str) -> None:
        self.problems: Sequence[str] = problems
        super().__init__(" ".join(problems))


class ValuesError(ValueError):
    """Raised for a band values file with faults; lists each with row, heading and value."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = issues
        super().__init__(" ".join(issue.message for issue in issues))
