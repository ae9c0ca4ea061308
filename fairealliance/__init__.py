"""Faire Alliance: helps mayors, associations, companies and brokers of alliances act together on a territory."""

__version__ = "0.1.0"
