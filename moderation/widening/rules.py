"""When a sample may be widened at a school, and the limits of a funnel plot (M6, M7). Pure."""

from math import sqrt

from banding_portal.words import counted, percent

LIMIT = 0.20
LEAST = 5
"""So many judged cases of a school at least, of which more than LIMIT got another band."""
WARNS, ALARMS = 1.959964, 3.090232
"""Standard errors of the limits that 95% and 99.8% of schools lie within by chance."""


def past_limit(judged: int, differing: int) -> bool:
    return judged >= LEAST and differing > LIMIT * judged


def reason_words(judged: int, differing: int) -> str:
    """3 of 12 judged cases (25.0%) got a band that differs from the school’s. The limit is 20%."""
    share = percent(differing / judged)
    return (
        f"{differing} of {counted(judged, 'judged case')} ({share}) got a band that differs "
        f"from the school’s. The limit is {LIMIT:.0%}."
    )


def funnel_limits(share: float, judged: float, errors: float) -> tuple[float, float]:
    """Between which the share of a school with so many judged cases lies by chance."""
    half = errors * sqrt(share * (1 - share) / judged)
    return max(share - half, 0.0), min(share + half, 1.0)
