"""Mappings are data: what can be checked of all of them at once."""

import pytest

from fairealliance.federation.columns import Column
from fairealliance.federation.context import Context
from fairealliance.federation.converters import FACTORIES
from fairealliance.federation.mapping import FIGURE, SAME_AS, BadMapping, Field, _load, kinds
from fairealliance.federation.targets import CLASSES
from fairealliance.goals.vocabulary import GOALS, TARGETS, THEMES
from fairealliance.organisations.enums import Sphere
from fairealliance.territories.lookup import CodeBook

DELIVERED = [
    "fonds-vert",
    "france-services",
    "adultes-relais",
    "fonjep",
    "rna-import",
    "rna-waldec",
    "sirene-unites",
    "sirene-etablissements",
    "filosofi-2021",
    "filosofi-2016",
    "populations",
    "ruralite",
    "densite",
    "centralite",
    "zrr",
    "qpv",
    "cog-mouvements",
    "api-geo-communes",
    "organisations",
    "ressources",
    "pratiques",
]


def test_every_kind_promised_is_delivered():
    assert sorted(kinds()) == sorted(DELIVERED)


@pytest.mark.parametrize("kind", DELIVERED)
def test_a_mapping_names_converters_and_a_target_that_exist_and_says_its_licence(kind, db):
    mapping = kinds()[kind]
    assert mapping.target in CLASSES
    assert mapping.label
    assert mapping.source["licence"]
    assert "key" in {field.name for field in mapping.fields}
    names = {field.name for field in mapping.fields}
    for field in mapping.fields:
        if field.convert == SAME_AS:
            assert field.options["field"] in names
            continue
        assert field.convert in FACTORIES, field.name
        Column(field, Context(CodeBook()))


@pytest.mark.parametrize("kind", DELIVERED)
def test_goals_themes_and_spheres_are_those_of_the_vocabulary(kind):
    mapping = kinds()[kind]
    tables = {field.name: field.options.get("table", {}).values() for field in mapping.fields}
    for name, known in (("goals", GOALS), ("targets", TARGETS), ("themes", THEMES)):
        if mapping.target == "resources" or kind == "pratiques":
            continue
        lists = [*tables.get(name, ()), mapping.constants.get(name, [])]
        assert {item for one in lists for item in one} <= set(known)
    assert mapping.constants.get("sphere", "etat") in Sphere.values


def test_figures_are_defined_in_full_and_only_counts_add_up():
    for mapping in kinds().values():
        for one in mapping.options.get("indicators", ()):
            assert FIGURE + one["slug"] in {field.name for field in mapping.fields}
            assert one["reading"].endswith(".")
            assert len(one["short_label"]) <= 80
            assert not one["additive"] or one["unit"] in ("ménages", "personnes", "habitants")


@pytest.mark.parametrize(
    "text",
    [
        'label = "x"\ntarget = "moon"\nsource = {}\nfields = {}\n',
        'label = "x"\ntarget = "practices"\nsource = {}\nfields.a.from = "b"\n',
        'label = "x"\ntarget = "practices"\nsource = {}\nfields = {}\nsurprise = 1\n',
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(BadMapping):
        _load(path)


def test_a_converter_that_does_not_exist_is_refused():
    with pytest.raises(BadMapping):
        Column(Field("a", ("b",), "magic"), Context())
