"""Decisions of the SEND operations panel."""
