"""Organisations; who acts for them."""

from fairealliance.organisations.models.members import OPEN, Claim, Invitation, Member
from fairealliance.organisations.models.merging import Merger
from fairealliance.organisations.models.organisation import Establishment, Located, Organisation, OrganisationTerritory
from fairealliance.organisations.models.profile import Profile

__all__ = [
    "OPEN",
    "Claim",
    "Establishment",
    "Invitation",
    "Located",
    "Member",
    "Merger",
    "Organisation",
    "OrganisationTerritory",
    "Profile",
]
