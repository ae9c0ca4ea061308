"""All our CSS as one file: every page asks for it once, then never again.

Built in memory from the source files, so there is no build step to forget; the digest in its address
lets browsers keep it for ever.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent
BASES = HERE / "static" / "design"
COMPONENTS = HERE / "components"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The text that is served and the digest that names it."""

    text: str
    digest: str


def sources() -> list[Path]:
    """In cascade order: tokens, base, layout, the components, and paper last, which overrides them."""
    return [
        *(BASES / f"{name}.css" for name in ("tokens", "base", "layout")),
        *sorted(COMPONENTS.glob("*/*.css")),
        BASES / "print.css",
    ]


def build() -> Stylesheet:
    """Joins the sources and drops comments and blanks."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    text = _AROUND.sub(r"\1", _BLANK.sub(" ", _COMMENT.sub("", joined))).replace(";}", "}").strip()
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:12])


@lru_cache(maxsize=1)
def _built() -> Stylesheet:
    return build()


def current() -> Stylesheet:
    """Built once a process; while developing, at each request, so that an edit shows."""
    return build() if settings.DEBUG else _built()
