"""What cannot be computed, and why."""

from fairealliance.lib.tabular import Unreadable


class Refused(Unreadable):
    """The file can be read but not used as asked. The message is French, for whoever sent it."""
