"""Finding anything by typing: each app tells what it has of what a person may see."""
