"""Files people send in: checked in the background, previewed, applied once. Each is a job."""
