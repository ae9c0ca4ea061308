"""An address of before leads to today's territory, and the page says so."""

from django.http import HttpResponsePermanentRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Territory

_PARTS = (Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)
_COMMUNAL = (Level.COMMUNE, *_PARTS)
PARAMETER = "ancien"


def today_of(level: str, code: str) -> tuple[Territory, bool] | None:
    """The territory to show for a level and code, and whether it is another than the one asked for."""
    found = Territory.objects.filter(level=level, code=code).first()
    if found and level not in _PARTS:
        return found, False
    if found:
        whole = Territory.objects.containing(found).filter(level=Level.COMMUNE).first()
        return (whole, True) if whole else None
    levels = _COMMUNAL if level in _COMMUNAL else (level,)
    part = Territory.objects.filter(level__in=_PARTS, code=code, parents__level=Level.COMMUNE).first()
    if part and level in _COMMUNAL:
        return today_of(part.level, code)
    former = Former.objects.filter(level__in=levels, code=code).order_by("pk").select_related("territory").first()
    return (former.territory, True) if former else None


def redirect_to(territory: Territory, level: str, code: str) -> HttpResponsePermanentRedirect:
    """301, with what was asked for, so that the page can say why one is here."""
    query = urlencode({PARAMETER: f"{level}:{code}"})
    return HttpResponsePermanentRedirect(f"{territory.get_absolute_url()}?{query}")


def notice(territory: Territory, asked: str) -> str:
    """« Ancien nom … » when `asked` (level:code) did lead to `territory`; nothing for anything else."""
    level, _separator, code = asked.partition(":")
    if not code or level not in Level.values or len(code) > 12:
        return ""
    part = Territory.objects.within(territory).filter(level__in=_PARTS, code=code).first()
    if part:
        words = {"name": part.name, "what": Level(part.level).label, "today": territory.name, "code": code}
        if part.level == Level.ARRONDISSEMENT:
            return _("%(name)s (%(code)s) fait partie de %(today)s.") % words
        return _("%(name)s (%(code)s) est une %(what)s de %(today)s.") % words
    former = territory.formers.filter(code=code).order_by("pk").first()
    if former is None:
        return ""
    words = {"name": former.name or code, "code": code, "today": territory.name}
    return _("Ancien nom : %(name)s (%(code)s). Ce territoire s’appelle aujourd’hui %(today)s.") % words
