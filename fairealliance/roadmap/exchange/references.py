"""Things of other rooms, written as text that finds them again."""

from django.utils.translation import gettext as _

from fairealliance.observatory.models import Study
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.provenance.models import Sourced
from fairealliance.resources.models import Resource
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.territories.models import Territory

_SOURCED: dict[str, type[Sourced]] = {"organisation": Organisation, "pratique": Practice, "ressource": Resource}
_LINKS = {"pratique": "practice", "ressource": "resource", "territoire": "territory", "etude": "study"}


def of_organisation(organisation: Organisation | None) -> str:
    """`siren:…`, else `rna:…`, else where it comes from; empty when nothing would find it again."""
    if organisation is None:
        return ""
    if organisation.siren:
        return f"siren:{organisation.siren}"
    return f"rna:{organisation.rna}" if organisation.rna else of_sourced("organisation", organisation)


def of_sourced(word: str, item: Sourced) -> str:
    """`pratique:source/key`. What has no key in a source is known by our own number."""
    if item.source and item.source_key:
        return f"{word}:{item.source.slug}/{item.source_key}"
    return f"{word}:n/{item.pk}"


def organisation(text: str) -> Organisation:
    """The organisation that `text` means. Raises Refused."""
    word, _colon, key = text.partition(":")
    if word in ("siren", "rna") and key:
        found = Organisation.objects.filter(**{word: key}).first()
    elif word == "organisation":
        found = _sourced(word, key)  # type: ignore[assignment]
    else:
        raise Refused(
            _("« %s » n’est pas une référence : écrivez siren:…, rna:… ou organisation:source/clé.") % text[:80]
        )
    if found is None:
        raise Refused(_("Nous ne connaissons pas l’organisation « %s ».") % text[:80])
    return found


def link(text: str) -> tuple[str, int | str]:
    """(practice, resource, territory or study; its id or slug). Raises Refused."""
    word, _colon, key = text.partition(":")
    if word not in _LINKS or not key:
        told = _("« %s » n’est pas une référence : écrivez pratique:…, ressource:…, territoire:… ou etude:….")
        raise Refused(told % text[:80])
    if word == "etude":
        if not Study.objects.filter(slug=key).exists():
            raise Refused(_("Nous ne connaissons pas « %s ».") % text[:80])
        return "study", key
    if word == "territoire":
        level, _colon, code = key.partition(":")
        found: int | None = Territory.objects.filter(level=level, code=code).values_list("pk", flat=True).first()
    else:
        item = _sourced(word, key)
        found = item.pk if item else None
    if found is None:
        raise Refused(_("Nous ne connaissons pas « %s ».") % text[:80])
    return _LINKS[word], found


def _sourced(word: str, key: str) -> Sourced | None:
    source, _slash, own = key.partition("/")
    rows = _SOURCED[word]._default_manager.order_by("pk")
    if source == "n":
        return rows.filter(pk=own).first() if own.isdecimal() and len(own) < 19 else None
    return rows.filter(source__slug=source, source_key=own).first() if own else None
