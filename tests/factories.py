"""Objects for tests, as small as their room allows."""

import factory

from fairealliance.accounts.models import User
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Establishment, Organisation
from fairealliance.practices.models import Practice, PracticePartner
from fairealliance.provenance.models import Source
from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Territory


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = "essai"
    label = "Source d’essai"
    licence = "Licence Ouverte 2.0"


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory
        django_get_or_create = ("level", "code")

    level = Level.COMMUNE
    code = factory.Sequence(lambda n: f"{n:05d}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.Sequence(lambda n: f"commune-{n}")
    population = 1000
    population_year = 2023
    latitude = 45.44
    longitude = 4.39
    precision = Precision.TOWN


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    sphere = Sphere.ASSOCIATION


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource

    title = factory.Sequence(lambda n: f"Ressource {n}")
    slug = factory.Sequence(lambda n: f"ressource-{n}")
    kind = ResourceKind.TOOL


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    title = factory.Sequence(lambda n: f"Pratique {n}")
    slug = factory.Sequence(lambda n: f"pratique-{n}")


class EstablishmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Establishment

    organisation = factory.SubFactory(OrganisationFactory)
    siret = factory.Sequence(lambda n: f"356000000{n:05d}")


class PracticePartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticePartner

    practice = factory.SubFactory(PracticeFactory)
    name = factory.Sequence(lambda n: f"Partenaire {n}")
