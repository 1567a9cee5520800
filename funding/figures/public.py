"""The figures in the footer of every page, while they are published (rules.md F13)."""

from collections.abc import Iterator

from django.urls import reverse

from banding_portal.public_pages import PublicPage
from funding.figures.models import FiguresEdition


def pages() -> Iterator[PublicPage]:
    if FiguresEdition.objects.public():
        yield PublicPage("Figures", reverse("funding:figures"))
