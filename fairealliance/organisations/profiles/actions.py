"""Writing what an organisation says of itself: by those who administer it, kept over what imports say."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.members.alone import alone_with
from fairealliance.organisations.models import Establishment, Organisation, OrganisationTerritory, Profile
from fairealliance.organisations.permissions import require_administrator
from fairealliance.provenance.kept import remember
from fairealliance.territories.enums import Precision
from fairealliance.territories.models import Territory

FACTS = ("sphere", "acronym", "description", "website", "email", "phone", "goals", "themes", "seat")
_OF_SEAT = ("seat_id", "latitude", "longitude", "precision")
MOST_SITES, MOST_TERRITORIES = 50, 100


class Stale(NotAllowed):
    """Somebody else wrote meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Entre-temps, quelqu’un d’autre a modifié la fiche. Relisez, puis enregistrez de nouveau."))


def tell(*, by: Actor, organisation: Organisation, version: int, said: Mapping[str, Any]) -> Profile:
    """Writes `said`: some of FACTS, and fields of Profile. `version` is the one that was read.

    Raises PermissionDenied, Stale.
    """
    with alone_with(organisation.pk) as held:
        profile = _profile(by, held, version)
        _write(by, held, profile, said, [])
    return profile


def tell_where(
    *, by: Actor, organisation: Organisation, version: int, seat: Territory | None, territories: Collection[int]
) -> Profile:
    """Its seat, and where it acts: these, and no other. Raises PermissionDenied, Stale, NotAllowed beyond a hundred."""
    if len(territories) > MOST_TERRITORIES:
        raise NotAllowed(_("Cent territoires au plus : choisissez-en de plus grands."))
    with alone_with(organisation.pk) as held:
        profile = _profile(by, held, version)
        changed = _set_territories(held, set(territories))
        _write(by, held, profile, {"seat": seat}, ["territories"] if changed else [])
    return profile


def _set_territories(held: Organisation, wanted: set[int]) -> bool:
    links = OrganisationTerritory.objects.filter(organisation=held)
    known = set(links.values_list("territory_id", flat=True))
    links.exclude(territory_id__in=wanted).delete()
    new = [OrganisationTerritory(organisation=held, territory_id=pk) for pk in sorted(wanted - known)]
    OrganisationTerritory.objects.bulk_create(new)
    return known != wanted


def _write(by: Actor, held: Organisation, profile: Profile, said: Mapping[str, Any], also: list[str]) -> None:
    """What was read again and left as it was is told anew: that it still holds is news."""
    facts = [name for name in FACTS if name in said and _differ(getattr(held, name), said[name])]
    told = [name for name in said if name not in FACTS and getattr(profile, name) != said[name]]
    for name in facts:
        setattr(held, name, said[name])
    if "seat" in facts:
        # The point that a register gave was that of the former seat.
        held.latitude = held.longitude = None
        held.precision = Precision.UNKNOWN
    held.save()
    for name in told:
        setattr(profile, name, said[name])
    for name in (*facts, *also):
        for column in _OF_SEAT if name == "seat" else (name,):
            remember(held, column)
    profile.told_at, profile.version = timezone.now(), profile.version + 1
    profile.save()
    _tell(by, "organisation-told", held, {"fields": [*facts, *also, *told]})


def add_site(
    *, by: Actor, organisation: Organisation, name: str, address: str, postal_code: str, territory: Territory
) -> Establishment:
    """A place that no register told us of; on the map, it stands where its commune does. Raises NotAllowed."""
    with alone_with(organisation.pk) as held:
        require_administrator(by, held)
        if held.establishments.filter(siret=None).count() >= MOST_SITES:
            raise NotAllowed(_("Cinquante lieux au plus."))
        site = held.establishments.create(
            name=name,
            address=address,
            postal_code=postal_code,
            territory=territory,
            latitude=territory.latitude,
            longitude=territory.longitude,
            precision=Precision.UNKNOWN if territory.latitude is None else Precision.TOWN,
        )
        _tell(by, "organisation-site-added", held, {"site": site.pk})
    return site


def remove_site(*, by: Actor, site: Establishment) -> None:
    """Only one that was told here: the register's are the register's. Raises NotAllowed."""
    with alone_with(site.organisation_id) as held:
        require_administrator(by, held)
        if not held.establishments.filter(pk=site.pk, siret=None).delete()[0]:
            raise NotAllowed(_("Ce lieu vient du registre : il ne se retire pas ici."))
        _tell(by, "organisation-site-removed", held, {"site": site.pk})


def _differ(held: Any, said: Any) -> bool:
    """Boxes keep no order: what stands first in a list stays first while nothing else changes."""
    return sorted(held) != sorted(said) if isinstance(held, list) else bool(held != said)


def _profile(by: Actor, held: Organisation, version: int) -> Profile:
    require_administrator(by, held)
    profile = Profile.objects.filter(organisation=held).first() or Profile(organisation=held)
    if profile.version != version:
        raise Stale
    return profile


def _tell(by: Actor, verb: str, held: Organisation, detail: dict[str, Any]) -> None:
    key = str(held.pk)
    record(by=by, verb=verb, subject=f"organisation:{key}", detail=detail, changed=[("organisation", key)])
