"""Notes a school keeps about a pupil for itself."""
