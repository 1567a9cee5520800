"""The moderated sample of the finished round."""

from moderation.demo.life import seed_life
from moderation.demo.story import seed, seed_late

__all__ = ["seed", "seed_late", "seed_life"]
