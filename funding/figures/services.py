"""Making figures, letting everybody read them, and ending that (rules.md F13)."""

from django.utils import timezone

from banding_portal.jobs.locks import one_at_a_time
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from funding.choices import FiguresState
from funding.figures.actions import actions_on_figures, edition_actions
from funding.figures.models import FiguresEdition
from funding.figures.selectors import content_now
from schools.models import User

ONE_PUBLIC = 7_100_002
"""The number under which one edition at a time becomes public."""


@verb
def make_figures(*, introduction: str, by: User) -> FiguresEdition:
    """Count everything as it stands now and keep what may be published of it."""
    actions_on_figures(by).require("make")
    content = content_now(timezone.localdate())
    return FiguresEdition.objects.create(introduction=introduction, content=content, made_by=by)


@verb
def publish_figures(*, edition: FiguresEdition, by: User) -> FiguresEdition:
    """Everybody reads these from now on, in place of those before."""
    one_at_a_time(ONE_PUBLIC)
    locked = locked_edition(edition)
    edition_actions(locked, by).require("publish")
    if before := FiguresEdition.objects.select_for_update().public():
        before.move(FiguresState.REPLACED, by=by)
    locked.move(FiguresState.PUBLIC, by=by, published_by=by, published_at=timezone.now())
    return locked


@verb
def end_figures(*, edition: FiguresEdition, by: User) -> FiguresEdition:
    """Nobody reads them without signing in any more; the edition is kept."""
    locked = locked_edition(edition)
    edition_actions(locked, by).require("end")
    locked.move(FiguresState.ENDED, by=by)
    return locked


@verb
def delete_figures(*, edition: FiguresEdition, by: User) -> None:
    locked = locked_edition(edition)
    edition_actions(locked, by).require("delete")
    locked.delete()


def locked_edition(edition: FiguresEdition) -> FiguresEdition:
    """Raises RefusalError where somebody has deleted it meanwhile."""
    found = FiguresEdition.objects.select_for_update().filter(pk=edition.pk).first()
    if found is None:
        raise RefusalError("Somebody has deleted this draft in the meantime.")
    return found
