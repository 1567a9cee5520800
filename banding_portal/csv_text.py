"""Text in a CSV file stays text, whatever it begins with (rules.md T9)."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """Text with an apostrophe where a spreadsheet would read a formula. Never for numbers."""
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value
