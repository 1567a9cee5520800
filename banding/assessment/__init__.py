"""Assessments: levels, a band and why, of whoever judges a pupil."""
