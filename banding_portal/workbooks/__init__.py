"""Spreadsheets people send in: a gate that reads no sheet, then a reader in a limited process."""
