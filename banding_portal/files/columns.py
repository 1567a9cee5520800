"""A column of a file, for reading, writing and explaining it. Pure.

Headings, checks, the workbook written, the Guidance sheet, the page that says what a file must
hold and the words of every error come from tables of these, so that they can't differ.
"""

from dataclasses import dataclass

from banding_portal.files.kinds import Kind, OneOf, Text
from banding_portal.words import CLAUSE, noun_phrase


@dataclass(frozen=True)
class Column:
    """`heading` is what it is called; `also` are other headings it is known by."""

    key: str
    heading: str
    kind: Kind = Text()  # noqa: RUF009 - frozen
    also: tuple[str, ...] = ()
    needed: bool = True
    """The file is refused without this heading."""
    filled: bool = False
    """Every row must have a value."""
    unique: bool = False
    """No two rows may have the same value."""
    help: str = ""
    said: str = ""
    """What a sentence calls it, where the heading will not do: “the day the placement began”."""
    # What only a workbook we write needs.
    width: int = 16
    given: bool = False
    """We fill it in and lock it, so that what stands there is nobody's mistake."""
    hidden: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.heading, *self.also)

    @property
    def wanted(self) -> tuple[str, str]:
        """What to say of a cell that may not be blank: a sentence, and the phrase that ends it."""
        name = self.said or noun_phrase(self.heading.replace("_", " "))
        words = f"Say {name}" if CLAUSE.match(name) else f"Enter {name}"
        allowed = "" if type(self.kind) is Text else self.kind.allowed
        return (f"{words}:" if allowed else words), allowed

    @property
    def explained(self) -> str:
        """What may stand in it, as a sentence for a page or sheet of guidance."""
        allowed = self.kind.allowed
        if not allowed or type(self.kind) is Text:
            return self.help
        words = (
            f"One of: {allowed}" if type(self.kind) is OneOf else allowed[0].upper() + allowed[1:]
        )
        return f"{self.help} {words}.".strip()
