"""The form for a caseload file."""

from banding_portal.uploads.forms import UploadForm


class CaseloadUploadForm(UploadForm):
    endings = (".csv", ".xlsx")
