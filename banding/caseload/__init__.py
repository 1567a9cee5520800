"""The authority's caseload: a file of pupils, placements, plans and agreed bands.

`columns` say how a cell is read, `checking` looks across rows, `known` looks things up, `changes`
says what the file would change, `applying` writes it, set by set.
"""
