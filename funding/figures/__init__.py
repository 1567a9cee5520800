"""Figures that everybody may read: rounds, pupils, pounds, values; small numbers hidden (F13)."""
