"""What reads a PDF back: poppler's commands."""

import os
import shutil

import pytest

# Under CI they run or fail: `.ci/run` installs what they need.
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"), reason="poppler-utils is not installed"
)
