"""What people propose: cases and corrections, before they are published."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.design.panels import register
from fairealliance.lib import periodic


class ContributionsApp(AppConfig):
    name = "fairealliance.contributions"
    label = "contributions"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- likewise
        from fairealliance.contributions import actions, own_data, panels  # noqa: PLC0415 -- models load after the configuration
        from fairealliance.contributions.actions import attachments  # noqa: PLC0415 -- likewise

        own_data.register_all()
        awaiting.register(own_data.proposals_card, order=40)
        register("practice-story", panels.files_of_practice)
        register("practice", panels.of_practice, order=90)
        register("organisation", panels.of_organisation, order=90)
        register("resource", panels.of_resource, order=90)
        periodic.register("contributions-forget", every=timedelta(hours=6), act=actions.forget)
        periodic.register("contributions-files", every=timedelta(days=1), act=attachments.sweep_files)
