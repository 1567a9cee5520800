"""Sample data beside the repository, used where it is there; the repository does not need it."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not SHARED_DATA.is_dir(),
    reason=f"The sample data is not at {SHARED_DATA}, so nothing to compare.",
)
