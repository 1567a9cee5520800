"""How much each moderator can take on: the share of a post, and days they are away."""
