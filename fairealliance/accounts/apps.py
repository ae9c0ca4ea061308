"""People and who may do what."""

from django.apps import AppConfig


class AccountsApp(AppConfig):
    name = "fairealliance.accounts"
    label = "accounts"
