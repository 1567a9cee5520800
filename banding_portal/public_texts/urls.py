"""An address for each public text, and one to write it."""

from django.urls import path

from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.views import PublicTextEdit, PublicTextPage

urlpatterns = [
    *(
        path(f"{kind}/", PublicTextPage.as_view(), {"kind": kind}, name=kind)
        for kind in PublicTextKind.values
    ),
    *(
        path(f"{kind}/edit/", PublicTextEdit.as_view(), {"kind": kind}, name=f"{kind}_edit")
        for kind in PublicTextKind.values
    ),
]
