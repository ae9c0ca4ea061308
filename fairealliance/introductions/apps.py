"""Introductions: two organisations put in touch, and no request that dies in silence."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import pre_delete

from fairealliance.design.panels import register
from fairealliance.lib import periodic


class IntroductionsApp(AppConfig):
    name = "fairealliance.introductions"
    label = "introductions"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load later
        from fairealliance.introductions import (  # noqa: PLC0415 -- likewise
            actions,
            in_touch,
            mails,
            own_data,
            panels,
            parting,
            rates,
            under_way,
            unread,
        )
        from fairealliance.introductions.actions import accompanying, writing  # noqa: PLC0415 -- likewise
        from fairealliance.introductions.views import lasting  # noqa: PLC0415 -- likewise
        from fairealliance.matching import excluding, loader, room  # noqa: PLC0415 -- likewise
        from fairealliance.network import leaving  # noqa: PLC0415 -- likewise
        from fairealliance.organisations import merging  # noqa: PLC0415 -- likewise
        from fairealliance.organisations.models import Organisation  # noqa: PLC0415 -- likewise

        own_data.register_all()
        mails.register_kinds()
        awaiting.register(own_data.card, order=20)
        awaiting.register_due(unread.due)
        register("organisation", panels.of_organisation, order=5)
        register("need", panels.of_need, order=5)
        register("support", panels.of_support)
        register("observatory", lasting.on_observatory)
        periodic.register("introductions-advance", every=timedelta(hours=1), act=actions.advance)
        periodic.register("introductions-follow-up", every=timedelta(hours=6), act=actions.ask_due)
        periodic.register("introductions-files", every=timedelta(days=1), act=writing.sweep_files)
        loader.register_answers(rates.counted)
        room.register_under_way(under_way.counted)
        excluding.register_in_touch(in_touch.others_of)
        leaving.register(accompanying.leave)
        merging.register(parting.before_merger)
        pre_delete.connect(parting.before_deletion, sender=Organisation, dispatch_uid="introductions")
