"""A request for support, from asking to its end: who is offered it, who is told, what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.actions.asking import Asked
from fairealliance.network.enums import Answer, Standing, Status
from fairealliance.network.life import TABLE, NotAllowed, Verb
from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.network.policy import ANSWER_WITHIN, OPEN_REQUESTS
from tests.network.cast import catalyst, held
from tests.organisations import cast

WHY = "Plus le temps cet automne."


def asked(by: User, town, key: str = "k", **facts) -> SupportRequest:
    return actions.ask(by=by, asked=Asked(town, "Des jeunes sans emploi.", **facts), page_key=key)


def again(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=request.pk)


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("subject", flat=True))


def test_it_is_offered_to_one_who_covers_and_both_are_told_once(cleo, ana, town) -> None:
    made = asked(ana, town, sector="emploi")
    assert (made.status, made.catalyst, made.is_blank) == (Status.OFFERED, cleo, False)
    assert asked(ana, town, sector="emploi") == made
    assert told(cleo.user) == ["Une demande d’appui à Saint-Étienne"]
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", "before", "after"))
    assert verbs == [("support-asked", "", "desk"), ("support-offered", "desk", "offered")]


def test_nobody_covers_it_is_a_blank_spot_and_goes_to_the_secretariat(ana, elsewhere, cleo, editor) -> None:
    made = asked(ana, elsewhere)
    assert (made.status, made.is_blank) == (Status.DESK, True)
    assert told(editor) == ["Demande d’appui à reprendre, à Lyon"]


def test_covered_but_full_is_no_blank_spot(ana, town, cleo) -> None:
    Catalyst.objects.update(capacity=0)
    made = asked(ana, town)
    assert (made.status, made.is_blank) == (Status.DESK, False)


def test_one_is_never_offered_ones_own(cleo, town) -> None:
    assert asked(cleo.user, town).status == Status.DESK


def test_accepted_declined_handed_on_and_ended(cleo, ana, town, loire) -> None:
    second, third = catalyst("d@exemple.fr", loire), catalyst("e@exemple.fr", loire)
    made = asked(ana, town)
    assert made.catalyst == cleo
    with pytest.raises(NotAllowed, match="pourquoi"):
        actions.decline(by=cleo.user, request=made, reason="  ")
    assert actions.decline(by=cleo.user, request=made, reason=WHY).catalyst == second
    assert actions.hand_on(by=second.user, request=made, reason=WHY, to=third).catalyst == third
    accepted = actions.accept(by=third.user, request=made)
    assert (accepted.status, accepted.due_at) == (Status.ACCEPTED, None)
    assert actions.end(by=third.user, request=made, outcome="Un collectif est né.").status == Status.ENDED
    assert told(ana)[-2:] == ["Votre demande d’appui est acceptée", "Votre demande d’appui est terminée"]
    assert list(made.turns.values_list("answer", flat=True)) == [Answer.DECLINED, Answer.HANDED_ON, Answer.ACCEPTED]


def test_the_last_to_decline_leaves_it_to_the_secretariat(cleo, ana, town, editor) -> None:
    made = asked(ana, town)
    assert actions.decline(by=cleo.user, request=made, reason=WHY).status == Status.DESK
    assert told(editor)
    other = catalyst("loin@exemple.fr")
    assert actions.offer_to(by=editor, request=made, catalyst=other).catalyst == other
    with pytest.raises(NotAllowed, match="déjà été proposée"):
        actions.offer_to(by=editor, request=made, catalyst=cleo)


def test_without_an_answer_it_goes_to_the_next_who_may_still_be_beaten(cleo, ana, town, loire) -> None:
    second = catalyst("d@exemple.fr", loire)
    made, now = asked(ana, town), timezone.now()
    assert actions.pass_due(now + ANSWER_WITHIN - timedelta(hours=1)) == 0
    late = now + ANSWER_WITHIN + timedelta(hours=1)
    assert actions.pass_due(late) == 1
    assert actions.pass_due(late) == 0
    assert again(made).catalyst == second
    assert actions.accept(by=cleo.user, request=made).catalyst == cleo
    with pytest.raises(NotAllowed, match="Trop tard"):
        actions.accept(by=second.user, request=made)


def test_who_was_not_offered_it_may_do_nothing(cleo, ana, town, loire, oscar) -> None:
    made = asked(ana, town)
    outsider = catalyst("d@exemple.fr", loire).user
    for someone in (oscar, outsider):
        with pytest.raises(PermissionDenied):
            actions.accept(by=someone, request=made)
        with pytest.raises(PermissionDenied):
            actions.decline(by=someone, request=made, reason=WHY)
        with pytest.raises(PermissionDenied):
            actions.end(by=someone, request=made, outcome=WHY)
        with pytest.raises(PermissionDenied):
            actions.withdraw(by=someone, request=made)
        with pytest.raises(PermissionDenied):
            actions.offer_to(by=someone, request=made, catalyst=cleo)
    assert again(made).status == Status.OFFERED


def test_a_full_one_cannot_accept_more(cleo, ana, town) -> None:
    made = asked(ana, town)
    for _n in range(cleo.capacity):
        held(cleo, town)
    with pytest.raises(NotAllowed, match="places"):
        actions.accept(by=cleo.user, request=made)


def test_its_asker_takes_it_back(cleo, ana, town) -> None:
    made = asked(ana, town)
    assert actions.withdraw(by=ana, request=made).status == Status.WITHDRAWN
    actions.withdraw(by=ana, request=made)
    assert told(cleo.user)[-1] == "Une demande d’appui est retirée"
    with pytest.raises(NotAllowed):
        actions.accept(by=cleo.user, request=made)


def test_withdrawn_consent_is_gone_at_once_and_what_waited_goes_on(cleo, ana, town, loire) -> None:
    second = catalyst("d@exemple.fr", loire)
    made = asked(ana, town)
    actions.withdraw_consent(by=cleo.user)
    assert list(Catalyst.objects.active()) == [second]
    assert again(made).catalyst == second
    with pytest.raises(PermissionDenied):
        actions.accept(by=cleo.user, request=made)
    actions.consent(by=cleo.user)
    assert cleo in Catalyst.objects.active()


def test_a_closed_account_is_passed_over(cleo, ana, town, loire) -> None:
    made, second = asked(ana, town), catalyst("d@exemple.fr", loire)
    User.objects.filter(pk=cleo.user_id).update(is_active=False)
    assert actions.pass_due() == 1
    assert again(made).catalyst == second


def test_so_many_at_once_and_no_more(ana, town, settings) -> None:
    for number in range(OPEN_REQUESTS):
        held(catalyst(f"x{number}@exemple.fr"), town).__class__.objects.update(asked_by=ana)
    with pytest.raises(NotAllowed, match="plusieurs demandes"):
        asked(ana, town)


def test_only_for_an_organisation_one_acts_for(ana, town) -> None:
    with pytest.raises(PermissionDenied):
        asked(ana, town, organisation=cast.organisation())


def test_the_secretariat_judges(cleo, editor, oscar, loire) -> None:
    waiting = catalyst("w@exemple.fr", loire, standing=Standing.WAITING, decided_at=None)
    with pytest.raises(PermissionDenied):
        actions.judge(by=oscar, catalyst=waiting, accepted=True)
    actions.judge(by=editor, catalyst=waiting, accepted=True)
    assert waiting in Catalyst.objects.active()
    with pytest.raises(NotAllowed):
        actions.judge(by=editor, catalyst=waiting, accepted=True)
    with pytest.raises(NotAllowed, match="pourquoi"):
        actions.judge(by=editor, catalyst=waiting, accepted=False)
    actions.judge(by=editor, catalyst=waiting, accepted=False, reason="Hors sujet.")
    assert waiting not in Catalyst.objects.active()
    assert told(waiting.user) == [
        "Votre profil de catalyseur est accepté",
        "Votre profil de catalyseur n’est pas retenu",
    ]


def test_a_mediation_is_of_a_departement(editor, oscar, town, loire) -> None:
    with pytest.raises(NotAllowed):
        actions.give_mediation(by=editor, user=oscar, territory=town)
    with pytest.raises(PermissionDenied):
        actions.give_mediation(by=oscar, user=oscar, territory=loire)
    given = actions.give_mediation(by=editor, user=oscar, territory=loire)
    assert actions.give_mediation(by=editor, user=oscar, territory=loire) == given
    actions.take_back_mediation(by=editor, mediator=given)
    assert not oscar.mediations.exists()


def test_erased_the_asker_leaves_no_word(cleo, ana, town) -> None:
    made = asked(ana, town)
    assert "Des jeunes" in str(personal.export(ana)["network"])
    personal.erase(ana)
    kept = again(made)
    assert (kept.asked_by, kept.challenge, kept.status) == (None, "", Status.WITHDRAWN)


def test_erased_the_catalyst_hands_on_what_they_held(cleo, ana, town, loire) -> None:
    made, second = asked(ana, town), catalyst("d@exemple.fr", loire)
    actions.accept(by=cleo.user, request=made)
    assert personal.export(cleo.user)["network"]["profile"]["trades"] == ["dialogue"]
    personal.erase(cleo.user)
    assert (again(made).catalyst, again(made).status) == (second, Status.OFFERED)
    assert not Catalyst.objects.filter(pk=cleo.pk).exists()


def test_the_table_leads_only_to_what_it_says() -> None:
    assert {verb: move.end for verb, move in TABLE.items()} == {
        Verb.OFFER: Status.OFFERED,
        Verb.LEAVE: Status.DESK,
        Verb.ACCEPT: Status.ACCEPTED,
        Verb.END: Status.ENDED,
        Verb.WITHDRAW: Status.WITHDRAWN,
    }
    assert not any(status in move.start for status in (Status.ENDED, Status.WITHDRAWN) for move in TABLE.values())
