"""The authority's caseload: a file of pupils, placements, plans and agreed bands.

`columns` say how a cell is read, `reading` turns the file into rows, `checking` looks across
rows, `known` compares with what the portal has, `applying` writes, set by set.
"""
