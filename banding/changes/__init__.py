"""Pupil changes: how a pupil on a return is accounted for without a band."""
