"""Why an act was refused, in a sentence to show."""


class Refused(ValueError):
    """What was asked cannot be. The message is French; nothing was written."""


class Moved(Refused):
    """Someone else saved first: what was sent was written on an older text."""
