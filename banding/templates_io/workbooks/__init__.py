"""The workbook a school fills in: one table of columns for writing, reading and explaining it."""
