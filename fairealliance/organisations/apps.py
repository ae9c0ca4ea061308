"""Actors, their spheres and identifiers."""

from django.apps import AppConfig


class OrganisationsApp(AppConfig):
    name = "fairealliance.organisations"
    label = "organisations"
