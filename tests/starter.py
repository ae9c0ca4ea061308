"""The starter content refers to real places: those it names, made up."""

from fairealliance.federation.starter_content import CONTENT, DEMO
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from tests.factories import TerritoryFactory


def make_places() -> None:
    for part in (CONTENT, DEMO):
        for _kind, path in part.files():
            for word in path.read_text("utf-8-sig").replace(",", "|").replace("\n", "|").split("|"):
                level, separator, code = word.strip().partition(":")
                known = Territory.objects.filter(level=level, code=code)
                if separator and level in Level.values and not known.exists():
                    TerritoryFactory(level=level, code=code)
