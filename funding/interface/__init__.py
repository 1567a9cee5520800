"""What finance systems of the authority read of published runs, and are told of (F20)."""
