"""What the demonstration shows of moderation."""

from django.utils import timezone

from moderation.choices import SeedFrom
from moderation.models import CasePlan, Outcome, OutcomeLetter, PlanDocument, Widening
from moderation.selectors.progress import work_by_moderator
from moderation.widening.selectors import proposals


def assert_first_sample_shows_all(sample):
    """A seed the portal drew, schools past the limit, held outcomes, a plan and its report."""
    assert sample.seed_from == SeedFrom.PORTAL
    assert Widening.objects.get(sample=sample).cases
    assert proposals(sample)
    assert Outcome.objects.filter(case__sample=sample).exists()
    assert sample.collection.feedback_on > timezone.localdate()
    assert CasePlan.objects.exists()
    assert PlanDocument.objects.get().words_read
    assert all(work.minutes for work in work_by_moderator(sample) if work.locked)
    assert OutcomeLetter.objects.exists()
