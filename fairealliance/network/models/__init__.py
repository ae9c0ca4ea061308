"""Catalysts, State mediators, requests for support."""

from fairealliance.network.models.people import Catalyst, Invited, Mark, Mediator
from fairealliance.network.models.support import SupportRequest, Turn

__all__ = ["Catalyst", "Invited", "Mark", "Mediator", "SupportRequest", "Turn"]
