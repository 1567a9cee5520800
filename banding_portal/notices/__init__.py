"""Something happened: an entry on the home page and, where wanted, one email. No pupil's data."""
