"""Something happened: an entry on the home page and, where wanted, one e-mail. No pupil's data."""
