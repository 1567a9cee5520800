"""Descriptors among the resources: each framework in use as a page to read and to print."""

from collections.abc import Iterator

from banding.choices import FrameworkState
from banding.frameworks.views import FrameworkList, booklet_url
from banding.models import Framework
from schools.models import User
from schools.resources.portal_pages import PortalPage


def pages(user: User) -> Iterator[PortalPage]:
    """Those the person may read; a school’s finance contact what is open to everybody."""
    seen = Framework.objects.open_to_all()
    if user.has_role(*FrameworkList.allowed_roles):
        seen = Framework.objects.visible_to(user)
    for each in seen.filter(state=FrameworkState.PUBLISHED).order_by("name", "version"):
        hint = "Every area, level and band in words"
        yield PortalPage(f"Descriptors: {each}", booklet_url(each), hint)
