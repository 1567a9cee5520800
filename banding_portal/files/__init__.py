"""Files people send in, one mechanism for every kind.

A kind says how much a file may hold (`Limits`) and which columns it has (`Column`, each of a
`Kind` of value). The gate looks at the bytes, a limited process reads the cells, headings are
matched, and every cell that can't be taken is an issue at its own place. JSON files have models.
"""
