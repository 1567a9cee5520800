"""The file itself, for whoever may read it."""

from typing import Any

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from banding_portal.documents.models import Document
from banding_portal.pages.base import About


class DocumentDownload(About[Any], abstract=True):
    """A kind names its roles and finds its row through `visible_to`. Never shown in the browser:
    it is saved, under a name that tells nothing, and the browser does not guess its type.
    """

    found: Document

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.found.is_readable:
            raise Http404
        return FileResponse(
            self.found.file.open("rb"),
            as_attachment=True,
            filename=self.found.download_name(),
            content_type=self.found.content_type,
        )
