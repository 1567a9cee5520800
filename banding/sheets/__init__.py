"""The sheet for an annual review meeting: to print, filled in or empty."""
