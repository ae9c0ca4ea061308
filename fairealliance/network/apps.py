"""Catalysts, State mediators, requests for support."""

from django.apps import AppConfig


class NetworkApp(AppConfig):
    name = "fairealliance.network"
    label = "network"
