"""How the user narrows a sheet."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Filters:
    """Goals and themes the user chose, kinds of partner, and a distance in km.

    `corrected`: the user went over the chips; goals and themes are then exactly those given, even none.
    """

    goals: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    spheres: tuple[str, ...] = ()
    km: int | None = None
    corrected: bool = False

    @property
    def chosen(self) -> bool:
        """The user said what the challenge is about: our own reading of it steps back."""
        return self.corrected or bool(self.goals or self.themes)

    @property
    def narrows(self) -> bool:
        """Some lines may be left out because of these filters."""
        return bool(self.goals or self.themes or self.spheres or self.km)

    def pairs(self) -> list[tuple[str, str]]:
        """As the parameters of an address."""
        listed = [("odd", str(goal)) for goal in self.goals]
        listed += [("theme", theme) for theme in self.themes]
        listed += [("sphere", sphere) for sphere in self.spheres]
        if self.km is not None:
            listed.append(("km", str(self.km)))
        if self.corrected:
            listed.append(("corrige", "1"))
        return listed


def address(path: str, territory: str, challenge: str, filters: Filters) -> str:
    """`path` with everything that makes this sheet."""
    return f"{path}?{urlencode([('territoire', territory), ('defi', challenge), *filters.pairs()])}"
