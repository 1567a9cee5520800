"""Band decisions: drafts, submission, agreed bands."""
