"""Trades and sectors as words. A sector is a family of themes of the common vocabulary: there is no second list."""

from fairealliance.goals import challenge
from fairealliance.goals.vocabulary import FAMILIES, THEMES
from fairealliance.network.enums import Trade

SECTORS: dict[str, str] = {slug: family.name for slug, family in FAMILIES.items()}
TRADES: dict[str, str] = {trade.value: str(trade.label) for trade in Trade}


def sector_read(text: str) -> str:
    """The sector that a challenge in plain words tells of first; empty when it says none."""
    hits = challenge.read(text).themes
    return THEMES[hits[0].theme.slug].family if hits else ""


def words_of(slugs: list[str], words: dict[str, str]) -> list[str]:
    """Codes we do not know are left out, not shown raw."""
    return [words[slug] for slug in slugs if slug in words]
