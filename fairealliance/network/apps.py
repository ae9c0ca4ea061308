"""Catalysts, State mediators, requests for support."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.design.panels import register
from fairealliance.journal.alongside import register as register_alongside
from fairealliance.lib import periodic


class NetworkApp(AppConfig):
    name = "fairealliance.network"
    label = "network"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load later
        from fairealliance.network import actions, alongside, own_data, panels, telling  # noqa: PLC0415 -- likewise

        own_data.register_all()
        telling.register_all()
        awaiting.register(own_data.support_card, order=20)
        awaiting.register(own_data.catalyst_card, order=60)
        awaiting.register_due(own_data.turns_due)
        register_alongside("organisation", alongside.of_organisations)
        alongside.follow_accounts()
        register("territory", panels.of_territory, order=20)
        register("sheet", panels.of_sheet, order=40)
        periodic.register("support-pass-on", every=timedelta(hours=1), act=actions.pass_due)
