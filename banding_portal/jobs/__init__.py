"""Long work that must happen once: a row first, a task second.

One state machine for every kind. A kind subclasses `Job` and names the function that does its
work, inside a transaction; where a person is to see beforehand what it would do, the work is run
once and undone, and once more and kept.
"""
