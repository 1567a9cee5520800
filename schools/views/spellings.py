"""How values may be written, on screen and in files: the help page."""

from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import EVERYONE
from schools.kinds import all_spellings


class SpellingList(Page[None]):
    """One table for each kind of value, the very one that reads it."""

    allowed_roles = EVERYONE
    template_name = "schools/spelling_list.html"

    def context(self) -> dict[str, Any]:
        return {"kinds": all_spellings()}
