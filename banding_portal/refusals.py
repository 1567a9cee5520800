"""The one way in which the portal says no to something a person asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.forms import BaseForm


class RefusalError(ValueError):
    """Raised where something asked for is not done; nothing has been changed.

    `problems` are sentences for the person, or issues of a file, every one there is. `field` names
    the input of a form they are about.
    """

    def __init__(self, *problems: Any, field: str | None = None) -> None:
        self.problems = problems
        self.field = field
        super().__init__(" ".join(getattr(each, "message", str(each)) for each in problems))

    def add_to(self, form: "BaseForm") -> None:
        """Show every problem on a form, at its field where it has that one."""
        field = self.field if self.field in form.fields else None
        for problem in self.problems:
            form.add_error(field, str(problem))
