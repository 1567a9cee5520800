"""Files people send in: checked in the background, previewed, applied once.

One state machine for every kind of upload; each kind brings a `run` function that does the
whole work inside a transaction. Checking runs it and rolls back, applying runs it and keeps it.
"""
