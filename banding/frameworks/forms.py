"""A framework file."""

from banding.frameworks.rules import LIMITS
from banding_portal.uploads.forms import UploadForm


class FrameworkUploadForm(UploadForm):
    limits = LIMITS
