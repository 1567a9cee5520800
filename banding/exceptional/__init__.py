"""Exceptional requests."""
