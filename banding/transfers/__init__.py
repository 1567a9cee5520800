"""Phase transfers: the next school is named, and asked whether the pupil comes (rules.md S7)."""
