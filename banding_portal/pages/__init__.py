"""The bases of pages: a form, a list, an action. Thin, on Django's own generic views.

Every page names its roles (`banding_portal.access`). What it is about comes from `find`, through
`visible_to`, once a request as `self.found`.
"""

from banding_portal.pages.actions import ActionPage
from banding_portal.pages.base import Page
from banding_portal.pages.forms import FormPage
from banding_portal.pages.lists import ListPage
from banding_portal.pages.older import ChangesPage
from banding_portal.pages.open import OpenPage

__all__ = ["ActionPage", "ChangesPage", "FormPage", "ListPage", "OpenPage", "Page"]
