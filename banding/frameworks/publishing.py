"""The life of a framework: published, retired, opened to everybody (rules.md B1)."""

from banding.choices import FrameworkState
from banding.frameworks.actions import framework_actions
from banding.models import Framework
from banding_portal.verbs import verb
from schools.models import User


@verb
def publish_framework(*, framework: Framework, by: User) -> None:
    """From now on pupils are banded under it, once it takes effect. Also what was retired."""
    locked = locked_framework(framework)
    framework_actions(locked, by).require("publish")
    locked.move(FrameworkState.PUBLISHED, by=by)


@verb
def retire_framework(*, framework: Framework, by: User) -> None:
    """Nobody is banded under it any more; the bands given under it stay as they are.

    Raises RefusalError while a collection on it is open.
    """
    locked = locked_framework(framework)
    framework_actions(locked, by).require("retire")
    locked.move(FrameworkState.RETIRED, by=by)


@verb
def share_framework(*, framework: Framework, is_open: bool, by: User) -> None:
    """Whether anybody who has the address of its booklet may read it, without signing in."""
    locked = locked_framework(framework)
    framework_actions(locked, by).require("open" if is_open else "close")
    locked.is_open = is_open
    locked.save(update_fields=["is_open"])


def locked_framework(framework: Framework) -> Framework:
    return Framework.objects.select_for_update().get(pk=framework.pk)
