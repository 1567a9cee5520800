"""Why funding refuses; each message is for the person."""

from collections.abc import Sequence


class RunError(ValueError):
    """Raised when a run is asked for something it can't do now. Lists every reason."""

    def __init__(self, *problems: str) -> None:
        self.problems: Sequence[str] = problems
        super().__init__(" ".join(problems))
