"""The card shown when a page is shared: its title, set as on the site. Made by typst, kept in memory."""

import json
from functools import lru_cache
from pathlib import Path

import typst

from fairealliance.lib.documents import clean

_TEMPLATE = Path(__file__).parent / "data" / "card.typ"
_DOTS_PER_INCH = 144.0  # 600 × 315 points: 1200 × 630 dots


@lru_cache(maxsize=128)
def card(title: str, kicker: str) -> bytes:
    """A PNG of 1200 by 630 dots."""
    content = json.dumps(clean({"title": title, "kicker": kicker}), ensure_ascii=False)
    drawn = typst.compile(
        str(_TEMPLATE), format="png", ppi=_DOTS_PER_INCH, sys_inputs={"content": content}, ignore_system_fonts=True
    )
    assert isinstance(drawn, bytes)
    return drawn
