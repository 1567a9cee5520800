"""Tell people of the authority what happened, on their home page (R3: no pupil is named)."""

from collections.abc import Collection

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from schools.models import User


def tell_authority(
    kind: NoticeKind,
    roles: Collection[str],
    *,
    key: str,
    title: str,
    path: str,
    school: str = "",
    by: User | None = None,
) -> None:
    """Once a person and key: everybody with one of the roles but who did it, `by`."""
    people = set(User.objects.holding(roles).values_list("pk", flat=True))
    if by is not None:
        people.discard(by.pk)
    notify(kind, [Happening(people, key=key, title=title[:300], path=path, school=school)])
