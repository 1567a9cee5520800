"""Joiners: told by a school, placed by an officer."""
