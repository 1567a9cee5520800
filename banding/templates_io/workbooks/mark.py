"""What says which template a sheet is: collection, school, version, signature (rules.md T2)."""

from dataclasses import dataclass

PARTS = 4


@dataclass(frozen=True)
class Mark:
    """Written into a hidden cell of every row, so that a sheet saved as CSV carries it too."""

    collection: str
    urn: str
    version: int
    signature: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.urn}/{self.version}/{self.signature}"

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """The mark in a cell, or None where the text is none."""
        parts = text.strip().split("/")
        if len(parts) != PARTS or not (parts[2].isascii() and parts[2].isdigit()):
            return None
        collection, urn, version, signature = parts
        return cls(collection, urn, int(version[:6]), signature)
