"""Who may do what: those who hold a link do what the proposer may; the desk does the rest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposer:
    """Whoever holds a link to a proposal, or suggests a correction. Who they are is not told to the journal."""

    label: str = "personne qui propose"
    user_id: int | None = None


PROPOSER = Proposer()
