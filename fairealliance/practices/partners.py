"""Who did it together: partners gathered by sphere, one line each whatever the number of their roles."""

from dataclasses import dataclass, field
from decimal import Decimal

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation
from fairealliance.practices.enums import PartnerRole
from fairealliance.practices.models import Practice


@dataclass(slots=True)
class PartnerLine:
    """One partner: its page when we know it, its roles, what it brought."""

    name: str
    organisation: Organisation | None
    sphere: str
    roles: list[str] = field(default_factory=list)
    amount: Decimal | None = None
    # Money goes to one who only benefits, and comes from the others.
    receives: bool = True


@dataclass(frozen=True, slots=True)
class SphereGroup:
    """The partners of one sphere; an empty sphere is not known."""

    sphere: str
    partners: list[PartnerLine]


def partners_by_sphere(practice: Practice) -> list[SphereGroup]:
    """In the order of the spheres, those of unknown sphere last. No query when partners are prefetched."""
    groups: dict[str, list[PartnerLine]] = {sphere: [] for sphere in (*Sphere.values, "")}
    for line in _lines(practice).values():
        groups.setdefault(line.sphere, []).append(line)
    return [SphereGroup(sphere, lines) for sphere, lines in groups.items() if lines]


def spheres_of(practice: Practice) -> list[str]:
    """The spheres that met, in their order."""
    known = {partner.sphere for partner in practice.partners.all()}
    return [sphere.value for sphere in Sphere if sphere.value in known]


def _lines(practice: Practice) -> dict[object, PartnerLine]:
    lines: dict[object, PartnerLine] = {}
    for partner in practice.partners.all():
        organisation = partner.organisation
        key = organisation.pk if organisation else partner.name.casefold()
        sphere = partner.sphere or (organisation.sphere if organisation else "")
        line = lines.setdefault(key, PartnerLine(partner.name, organisation, sphere))
        if partner.role and (role := str(partner.get_role_display())) not in line.roles:
            line.roles.append(role)
        line.receives = line.receives and partner.role == PartnerRole.BENEFICIARY
        if partner.amount is not None:
            line.amount = (line.amount or Decimal(0)) + partner.amount
    return lines
