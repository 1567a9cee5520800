"""Who looked at which pupil, on which page, and whose looking is unusual (quality.md Q9)."""
