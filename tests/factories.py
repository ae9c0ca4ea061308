"""Objects for tests, as small as their room allows."""

import time

import factory
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from fairealliance.accounts.models import User
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Establishment, Organisation
from fairealliance.practices.models import Practice, PracticePartner
from fairealliance.provenance.models import Source
from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Territory


def code_now(secret: str) -> str:
    """What an application of codes shows at this moment."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def prove(user: User) -> str:
    """Gives `user` an application of codes. Returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")

    @factory.post_generation
    def proven(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        """The secretariat has a second proof, unless told otherwise: without one the desk stays shut."""
        if create and self.is_secretariat and extracted is not False:
            prove(self)


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
