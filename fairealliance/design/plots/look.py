"""Colours, sizes and patterns of charts: those of `tokens.css`, as an image cannot read our stylesheet."""

from dataclasses import dataclass
from enum import StrEnum

WIDE = 720
NARROW = 360
TEXT = 15
SMALL = 13
TITLE = 19
FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"


class Theme(StrEnum):
    """The ground the chart stands on."""

    LIGHT = "clair"
    DARK = "sombre"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours by role. `tones` are those of the spheres; a chart never tells them apart by colour alone."""

    paper: str
    ink: str
    muted: str
    line: str
    hair: str
    alliance: str
    on_mark: str
    tones: dict[str, str]

    def tone(self, name: str) -> str:
        return self.tones.get(name, self.alliance)


LOOKS = {
    Theme.LIGHT: Look(
        paper="#fbf8f3",
        ink="#1d2433",
        muted="#56607a",
        line="#8a8577",
        hair="#dcd5c7",
        alliance="#5b2a6e",
        on_mark="#fbf8f3",
        tones={
            "association": "#b83a2e",
            "entreprise": "#1f5fa8",
            "collectivite": "#2b7a3f",
            "etat": "#6b5b95",
            "academique": "#8a6a00",
            "citoyens": "#0e7c86",
        },
    ),
    Theme.DARK: Look(
        paper="#14171f",
        ink="#f1eee7",
        muted="#b4bacb",
        line="#6f7588",
        hair="#2f3545",
        alliance="#d9a6ec",
        on_mark="#14171f",
        tones={
            "association": "#ff9a8b",
            "entreprise": "#8fbdf5",
            "collectivite": "#86d49a",
            "etat": "#c3b3ea",
            "academique": "#e7c35a",
            "citoyens": "#6fd3dc",
        },
    ),
}
