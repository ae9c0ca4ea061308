"""Why a file cannot be read."""


class Unreadable(ValueError):
    """The file as a whole is no use. The message is French, for whoever sent it."""
