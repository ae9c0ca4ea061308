"""Trades and sectors as words. A sector is a family of themes of the common vocabulary: there is no second list."""

from django.utils.translation import gettext as _

from fairealliance.goals import challenge
from fairealliance.goals.vocabulary import FAMILIES, THEMES
from fairealliance.network.enums import Answer, Status, Trade

SECTORS: dict[str, str] = {slug: family.name for slug, family in FAMILIES.items()}
TRADES: dict[str, str] = {trade.value: str(trade.label) for trade in Trade}


def sector_read(text: str) -> str:
    """The sector that a challenge in plain words tells of first; empty when it says none."""
    hits = challenge.read(text).themes
    return THEMES[hits[0].theme.slug].family if hits else ""


def nobody_covers(sector: str) -> str:
    """Of the sector that was asked for: somebody may cover the commune for another."""
    if sector in SECTORS:
        return _("Personne ne couvre encore cette commune pour « %s ».") % SECTORS[sector]
    return _("Personne ne couvre encore cette commune.")


def standing(answer: str | None, status: str) -> str:
    """Where a catalyst stands with a request that was offered to them; empty for whoever never was."""
    said = {
        Answer.WAITING: _("On vous l’a proposée"),
        Answer.ACCEPTED: _("Vous l’accompagnez") if status == Status.ACCEPTED else _("Vous l’avez accompagnée"),
        Answer.DECLINED: _("Vous l’avez déclinée"),
        Answer.HANDED_ON: _("Vous l’avez transmise"),
        Answer.SILENT: _("Vous n’y avez pas répondu à temps"),
        Answer.OVER: _("Elle est allée à quelqu’un d’autre"),
    }
    return said.get(Answer(answer), "") if answer else ""


def words_of(slugs: list[str], words: dict[str, str]) -> list[str]:
    """Codes we do not know are left out, not shown raw."""
    return [words[slug] for slug in slugs if slug in words]
