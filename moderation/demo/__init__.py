"""The moderated sample of the finished round, and a first one of the exercise."""

from moderation.demo.exercise import seed_exercise
from moderation.demo.life import seed_life
from moderation.demo.story import seed, seed_late

__all__ = ["seed", "seed_exercise", "seed_late", "seed_life"]
