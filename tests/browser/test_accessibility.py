"""Every type of page: no axe violation, nothing wider than the screen, in light and dark, at three widths."""

import json
import urllib.request
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.looking import is_clean, violations

# One server for all of them: one process runs them, whatever xdist does with the others.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHALLENGE = "des jeunes décrochent de l’école"
PAGES: dict[str, str | Callable[[str], str]] = {
    "home": "/",
    "sheet": "/agir/?" + urlencode({"territoire": "commune:42218", "defi": CHALLENGE}),
    "sheet-which-commune": "/agir/?" + urlencode({"territoire": "saint martin", "defi": CHALLENGE}),
    "sheet-unknown-commune": "/agir/?" + urlencode({"territoire": "xyzxyz", "defi": ""}),
    "explorer": "/recherche/?q=jeunes",
    "explorer-nothing": "/recherche/?q=xqzvwk",
    "explorer-refused": "/recherche/?goal=99",
    "territories": "/territoires/",
    "commune": "/territoires/commune/42218-saint-etienne/",
    "epci": "/territoires/epci/244200770-saint-etienne-metropole/",
    "departement": "/territoires/departement/42-loire/",
    "region": "/territoires/region/84-auvergne-rhone-alpes/",
    "country": "/territoires/pays/FR-france/",
    "practice": lambda site: first(site, "practice"),
    "organisation": lambda site: first(site, "organisation"),
    "resource": lambda site: first(site, "resource"),
    "sources": "/sources/",
    "help": "/aide/",
    "licences": "/licences/",
    "api": "/api/v1/docs",
    "gallery": "/design/",
    "rubric": "/actualites/",
    "rubric-filtered": "/exemples/?goal=8",
    "rubric-refused": "/outils/?goal=99",
    "article": "/actualites/bilan-un-an-apres/",
    "door": "/s-informer/",
    "public": "/grand-public/",
    "legal": "/mentions-legales/",
    "way-in-organisations": "/organisations-et-collectivites/",
    "case-proposed": "/contribuer/",
    "sign-up": "/inscription/",
    "sign-in": "/connexion/",
    "password-forgotten": "/mot-de-passe/oublie/",
    "study-question": "/observatoire/etudes/jouer-collectif-citoyens/necessite/",
    "roadmap-timeline": "/feuille-de-route/chronologie/",
    "roadmap-facilitators": "/feuille-de-route/par-facilitateur/",
    "roadmap-territories": "/feuille-de-route/par-territoire/",
    "roadmap-day": "/feuille-de-route/bilan/?date=2021-05-07",
    "catalysts": "/catalyseurs/",
    "coverage": "/catalyseurs/couverture/",
    "answers": "/mises-en-relation/reponses/",
    "durability": "/observatoire/alliances/",
    "possible-alliances": "/territoires/departement/42-loire/alliances/",
    "contact": "/contact/",
    "missing": "/nulle-part/",
}


def first(site: str, kind: str) -> str:
    """The address of one thing of that kind, whatever the database gave it as number."""
    with urllib.request.urlopen(f"{site}/api/v1/search?kind={kind}&size=1", timeout=20) as answer:
        return str(json.load(answer)["results"][0]["url"])


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(name: str, site: str, open_page: OpenPage) -> None:
    address = PAGES[name]
    page = open_page(address(site) if callable(address) else address)
    is_clean(page)


def test_the_rules_do_find_what_is_wrong(open_page: OpenPage) -> None:
    """Control: the same check fails on a page that lost a label."""
    page = open_page("/")
    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")
    assert any("label" in violation for violation in violations(page))
