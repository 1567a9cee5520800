"""What a plan says of a pupil, given to those who judge, with a reading aid (rules.md M4)."""
