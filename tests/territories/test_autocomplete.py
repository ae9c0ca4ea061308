"""Finding a territory from what people type, on the real geography."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories.actions import load_reference
from fairealliance.territories.autocomplete import Suggestion, resolve_text, suggest
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Edition, Territory
from tests.territories.world import make_world


class RealGeography(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_reference(by=SYSTEM)

    def first(self, text: str) -> Suggestion:
        found = suggest(text)
        assert found, text
        return found[0]

    def resolved(self, text: str) -> str | None:
        found = resolve_text(text).territory
        return found.ref if found else None

    def test_accents_hyphens_case_and_saints_do_not_matter(self):
        for text in ("saint etienne", "SAINT-ÉTIENNE", "St Etienne", "st-étienne", "Saint  Étienne ", "saint etien"):
            assert self.first(text).ref == "commune:42218", text

    def test_any_word_of_the_name_begins_a_search(self):
        assert self.first("etienne").ref == "commune:42218"
        assert self.first("havre").ref == "commune:76351"
        assert self.first("chapelle erdre").ref == "commune:44035"

    def test_codes_and_postal_codes(self):
        assert self.first("42218").ref == "commune:42218"
        assert (self.first("42000").ref, self.first("42000").matched) == ("commune:42218", "postal_code")
        assert self.first("42").ref == "departement:42"
        assert self.first("2a").ref == "departement:2A"
        assert self.first("2A004").ref == "commune:2A004"
        assert self.first("244200770").ref == "epci:244200770"
        assert self.first("75012").ref == "commune:75056"
        assert self.first("42000 saint etienne").ref == "commune:42218"

    def test_homonyms_are_told_apart_and_the_populous_come_first(self):
        found = [s for s in suggest("saint-denis") if s.name == "Saint-Denis" and s.matched == "name"]
        assert [s.ref for s in found[:2]] == ["commune:97411", "commune:93066"]
        assert len({s.context for s in found}) == len(found)
        assert "Seine-Saint-Denis (93)" in found[1].context
        populations = [s.population or 0 for s in found]
        assert populations == sorted(populations, reverse=True)

    def test_the_departement_tells_which(self):
        assert self.resolved("saint denis 93") == "commune:93066"
        assert self.resolved("saint denis reunion") == "commune:97411"
        assert self.resolved("Saint-Étienne (Loire)") == "commune:42218"

    def test_old_names_lead_to_today(self):
        former = self.first("terrenoire")
        assert (former.ref, former.matched) == ("commune:42218", "former")
        assert "aujourd’hui Saint-Étienne" in former.context
        part = self.first("annecy le vieux")
        assert part.ref == "commune:74010"
        assert "commune déléguée, aujourd’hui Annecy" in part.context
        assert self.first("rhone-alpes").ref == "region:84"

    def test_one_wrong_letter_is_forgiven_only_when_nothing_else_answers(self):
        for text in ("saint etiene", "saint etiennne", "saint etiemne", "asint etienne", "saintetienne"):
            found = self.first(text)
            assert (found.ref, found.matched) == ("commune:42218", "typo"), text
        assert self.first("dunkerqeu").ref == "commune:59183"
        assert self.first("saint etiene loire").ref == "commune:42218"
        assert all(s.matched != "typo" for s in suggest("mars"))

    def test_levels_can_be_chosen(self):
        assert {s.level for s in suggest("saint", levels=[Level.EPCI])} == {Level.EPCI}
        assert suggest("saint etienne", levels=[Level.EPCI])[0].ref == "epci:244200770"

    def test_each_territory_once_and_no_more_than_asked(self):
        for text in ("s", "saint", "la", "75", "saint denis", "e"):
            refs = [s.ref for s in suggest(text, limit=7)]
            assert len(refs) == len(set(refs)) <= 7

    def test_nonsense_finds_nothing_and_breaks_nothing(self):
        for text in ("", "   ", "😀", "a" * 10_000, "xqzwkj", "%", "'; DROP TABLE", "commune:", "\u202e", "…"):
            assert isinstance(suggest(text), list)
        assert suggest("") == []
        assert suggest("xqzwkj") == []

    def test_resolution_takes_what_is_sure_and_asks_otherwise(self):
        assert self.resolved("commune:42218") == "commune:42218"
        assert self.resolved("42218") == "commune:42218"
        assert self.resolved("Paris") == "commune:75056"
        assert self.resolved("Loire") == "departement:42"
        assert self.resolved("le havre") == self.resolved("havre") == "commune:76351"
        assert self.resolved("Terrenoire") == "commune:42218"
        ambiguous = resolve_text("Saint-Denis")
        assert ambiguous.territory is None
        assert len(ambiguous.candidates) >= 4
        # Évry (Yonne) has the name, Évry (Essonne) had it and 200 times its people.
        assert {"commune:89162", "commune:91228"} <= {s.ref for s in resolve_text("evry").candidates}

    def test_a_typo_is_proposed_never_taken(self):
        guess = resolve_text("marseile")
        assert guess.territory is None
        assert guess.candidates[0].ref == "commune:13055"
        assert resolve_text("xqzwkj").candidates == []

    def test_one_query_once_in_memory_and_a_new_edition_is_seen(self):
        suggest("warm")
        with CaptureQueriesContext(connection) as queries:
            suggest("saint etienne")
        assert len(queries) == 1
        Territory.objects.filter(level="commune", code="42218").update(name="Armeville")
        assert self.first("saint etienne").ref == "commune:42218", "until an edition says so"
        Edition.objects.filter(name="reference").update(digest="autre")
        assert self.first("armeville").ref == "commune:42218"


class SmallWorld(TestCase):
    def test_works_without_editions(self):
        make_world()
        assert suggest("hay du pilat")[0].ref == "commune:69002"
        assert suggest("rochetaillee")[0].ref == "commune:42218"

    def test_works_with_nothing_loaded(self):
        assert suggest("paris") == []
        assert resolve_text("paris").candidates == []
