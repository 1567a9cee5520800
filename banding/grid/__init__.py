"""Band many pupils at once: the whole list of a return on one page."""
