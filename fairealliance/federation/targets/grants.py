"""Grants paid post by post: one organisation per employer, which says how many posts and how much money."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from fairealliance.federation.columns import Converted
from fairealliance.federation.targets.organisations import OrganisationTarget
from fairealliance.goals.vocabulary import THEMES
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.tabular import Unreadable
from fairealliance.lib.text_fr import fold, lower_first
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.rows import OrganisationRow

_MOST_EMPLOYERS = 500_000
_BATCH = 2_000
_NO_BREAK = "\u00a0"


@dataclass(slots=True)
class Employer:
    """What the lines of one employer add up to. Several spellings of its name: the most frequent is kept."""

    siren: str | None
    sphere: str
    names: Counter[str] = field(default_factory=Counter)
    places: dict[int, None] = field(default_factory=dict)
    themes: dict[str, None] = field(default_factory=dict)
    """Those its names tell."""
    posts: int = 0
    amount: Decimal = Decimal(0)


class GrantTarget(OrganisationTarget):
    """Known by its SIREN, else by its name and département: two centres of one name in two places are two."""

    at_once = True

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self._employers: dict[str, Employer] = {}

    def write(self, rows: Converted) -> None:
        for siren, name, sphere, place, amount, themes in zip(
            rows.get("siren"),
            rows.get("name"),
            rows.get("sphere", ""),
            rows.get("territory"),
            rows.get("amount"),
            rows.get("themes", ()),
            strict=True,
        ):
            key = siren or f"{fold(name)[:100]} @{place or ''}"
            employer = self._employers.setdefault(key, Employer(siren, sphere))
            employer.names[name] += 1
            employer.posts += 1
            employer.amount += Decimal(amount or 0)
            employer.themes.update(dict.fromkeys(themes))
            if place is not None:
                employer.places[place] = None
        if len(self._employers) > _MOST_EMPLOYERS:
            raise Unreadable("Ce fichier nomme trop d’employeurs pour être un fichier de subventions de postes.")

    def finish(self) -> None:
        self.tally.grouped = self.tally.read - self.tally.rejected - self.tally.duplicates - len(self._employers)
        source = self.sources.get()
        remaining = iter(self._employers.items())
        while some := list(islice(remaining, _BATCH)):
            rows = [self._row(key, employer) for key, employer in some]
            outcome = organisations.save_batch(by=self.by, source=source, rows=rows, overrules=self._overruled)
            self.tally.add(len(outcome.created), len(outcome.updated), len(outcome.unchanged))
            self.kept += outcome.kept

    def _row(self, key: str, employer: Employer) -> OrganisationRow:
        constants = self.mapping.constants
        row = OrganisationRow(
            key=key,
            fingerprint="",
            name=self._name(employer),
            sphere=employer.sphere,
            description=self._description(employer),
            siren=employer.siren,
            goals=tuple(dict.fromkeys([*constants.get("goals", ()), *_first_goals(employer.themes)])),
            targets=tuple(constants.get("targets", ())),
            themes=tuple(dict.fromkeys([*employer.themes, *self.mapping.options.get("themes", ())])),
            territories=tuple(employer.places),
        )
        return row._replace(fingerprint=self.fingerprint_of(row))

    def _name(self, employer: Employer) -> str:
        """A commune's or an intercommunality's own name, else the spelling met most."""
        body = self.context.public_bodies.get(employer.siren or "")
        if body is not None:
            return body.full_name
        return max(sorted(employer.names), key=lambda name: (employer.names[name], len(name)))

    def _description(self, employer: Employer) -> str:
        """The posts and the money, then what was read in the name, said to be so."""
        options = self.mapping.options
        words = options["one"] if employer.posts == 1 else options["many"]
        amount = format_number(employer.amount, 2 if employer.amount % 1 else 0)
        told = words.format(posts=employer.posts, amount=f"{amount}{_NO_BREAK}€")
        if not employer.themes or "named" not in options:
            return str(told)
        names = ", ".join(lower_first(THEMES[slug].name) for slug in employer.themes)
        return f"{told} {options['named'].format(themes=names)}"


def _first_goals(themes: Iterable[str]) -> Iterable[int]:
    return (THEMES[slug].goals[0] for slug in themes)
