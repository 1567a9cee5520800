"""How long the texts about a pupil may be, wherever they are entered (rules.md B3, T5). Pure."""

LONGEST_REASON = 4_000
"""Why another band than the suggested one, or why no band."""
LONGEST_RATIONALE = 8_000
