"""A request for support, from asking to its end: who is offered it, who is told, what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.actions.asking import Asked
from fairealliance.network.enums import Answer, Standing, Status
from fairealliance.network.life import TABLE, Verb
from fairealliance.network.models import Catalyst, Mediator, SupportRequest
from fairealliance.network.policy import ANSWER_WITHIN, OPEN_REQUESTS
from tests.network.cast import catalyst, held
from tests.organisations import cast
from tests.organisations.cast import entered, read

WHY = "Plus le temps cet automne."
WHAT = "Un collectif est né au lycée."
BECAUSE = "Trop loin de nous."


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


def test_the_name_of_who_asks_is_no_link_in_what_is_mailed(cleo, ana, town, editor) -> None:
    asker = cast.organisation(name="Voyez evil.com")
    cast.join(asker, ana)
    made = asked(ana, town, organisation=asker)
    actions.decline(by=cleo.user, request=made, reason=BECAUSE)
    again_asked = asked(ana, town, key="2", organisation=asker)
    actions.withdraw(by=ana, request=again_asked)
    texts = list(Notice.objects.exclude(user=ana).values_list("text", flat=True))
    assert sum("Voyez evil.\u2060com" in text for text in texts) == len(texts) == 4


def test_another_request_from_the_same_page_is_another(cleo, ana, town) -> None:
    assert asked(ana, town) != asked(ana, town, sector="emploi")
    assert SupportRequest.objects.count() == 2


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


@pytest.mark.parametrize("gone", ["closed", "struck off"])
def test_what_was_accepted_goes_on_without_whoever_is_gone(cleo, ana, town, loire, editor, gone) -> None:
    made, second = asked(ana, town), catalyst("d@exemple.fr", loire)
    actions.accept(by=cleo.user, request=made)
    if gone == "closed":
        User.objects.filter(pk=cleo.user_id).update(is_active=False)
        assert actions.pass_due() == 1
    else:
        actions.judge(by=editor, catalyst=cleo, accepted=False, reason="Hors sujet.")
    assert actions.pass_due() == 0
    assert (again(made).status, again(made).catalyst, again(made).accepted_at) == (Status.OFFERED, second, None)
    assert told(ana)[-1] == "Votre demande d’appui avance"
    assert made.turns.get(catalyst=cleo).answer == Answer.OVER


def test_nobody_else_it_goes_back_to_the_secretariat_and_the_asker_is_told_each_time(cleo, ana, town, editor) -> None:
    made, late = asked(ana, town), timezone.now() + ANSWER_WITHIN
    assert actions.pass_due(late) == 1
    actions.accept(by=cleo.user, request=made)
    User.objects.filter(pk=cleo.user_id).update(is_active=False)
    assert actions.pass_due(late + timedelta(hours=1)) == 1
    assert (again(made).status, again(made).catalyst) == (Status.DESK, None)
    assert told(ana).count("Votre demande d’appui avance") == 2
    assert len(told(editor)) == 2


def test_consent_withdrawn_what_was_accepted_stays_theirs(cleo, ana, town) -> None:
    made = asked(ana, town)
    actions.accept(by=cleo.user, request=made)
    actions.withdraw_consent(by=cleo.user)
    assert actions.pass_due() == 0
    assert actions.end(by=cleo.user, request=made, outcome="Un collectif.").status == Status.ENDED


def test_no_name_nor_reason_of_one_is_written_to_another(cleo, ana, town, loire, editor) -> None:
    """What others were told outlives whoever is erased."""
    second = catalyst("d@exemple.fr", loire)
    made = asked(ana, town)
    actions.accept(by=cleo.user, request=made)
    actions.hand_on(by=cleo.user, request=made, reason=WHY)
    actions.pass_due(timezone.now() + ANSWER_WITHIN)
    actions.end(by=editor, request=made, outcome=WHAT)
    carried = asked(ana, town, "k2")
    actions.accept(by=carried.catalyst.user, request=again(carried))
    actions.end(by=carried.catalyst.user, request=carried, outcome=WHAT)
    actions.judge(by=editor, catalyst=second, accepted=False, reason=BECAUSE)
    notices = Notice.objects.values_list("user", "subject", "text")
    assert {user for user, _subject, _text in notices} == {
        cleo.user_id,
        ana.pk,
        editor.pk,
        second.user_id,
    }
    assert "Votre demande d’appui est terminée" in told(ana)
    for secret, owner in (("Ana", ana.pk), ("Cléo", cleo.user_id), (WHY, cleo.user_id)):
        assert [each for each in notices if each[0] != owner and secret in f"{each[1]} {each[2]}"] == []
    for words in (WHAT, BECAUSE):
        assert [each for each in notices if words in f"{each[1]} {each[2]}"] == []


def test_who_is_asked_reads_who_asks_where_and_what_for_and_no_address(cleo, ana, town) -> None:
    halle = cast.organisation(sphere="association", seat=town)
    cast.join(halle, ana)
    actions.ask(
        by=ana,
        asked=Asked(town, f"Des jeunes sans emploi. {ana.email}, 04 77 12 34 56.", "dialogue", "emploi", halle),
        page_key="k",
    )
    text = Notice.objects.get(user=cleo.user).text
    assert "La Halle du Forez (association, à Saint-Étienne) demande un appui à Saint-Étienne." in text
    assert "Secteur : Emploi et économie." in text
    assert "Aide attendue : dialogue territorial." in text
    assert "\n> Des jeunes sans emploi." in text
    assert ana.email not in text
    assert "04 77" not in text


def test_alone_one_is_not_named_to_who_is_asked_and_the_desk_reads_as_much(cleo, ana, town, editor) -> None:
    made = asked(ana, town)
    actions.decline(by=cleo.user, request=made, reason=WHY)
    for user in (cleo.user, editor):
        text = Notice.objects.get(user=user).text
        assert "Une personne, en son nom, demande un appui à Saint-Étienne." in text
        assert "> Des jeunes sans emploi." in text


def test_erased_the_asker_s_words_leave_what_others_were_told(cleo, ana, town, oscar) -> None:
    asked(ana, town)
    kept = actions.ask(by=oscar, asked=Asked(town, "Un verger à tous."), page_key="o")
    personal.erase(ana)
    texts = list(Notice.objects.filter(user=cleo.user).order_by("pk").values_list("text", flat=True))
    assert "Des jeunes" not in "".join(texts)
    assert "Une personne, en son nom, demande un appui à Saint-Étienne." in texts[0], "that it was asked stays"
    assert kept.challenge in texts[1], "those of another stay"


@pytest.mark.parametrize("by_desk", [False, True])
def test_erased_whoever_ended_a_request_leaves_no_word_in_it(cleo, ana, town, editor, by_desk) -> None:
    made, mine = asked(ana, town), asked(ana, town, "k2")
    actions.accept(by=cleo.user, request=made)
    if by_desk:
        actions.hand_on(by=cleo.user, request=made, reason=WHY)
    writer = editor if by_desk else cleo.user
    actions.end(by=writer, request=made, outcome=WHAT)
    SupportRequest.objects.filter(pk=mine.pk).update(outcome="Autres mots.", ended_by=ana)
    assert (again(made).outcome, again(made).ended_by) == (WHAT, writer)
    assert WHAT in str(personal.export(writer)["network"])
    personal.erase(writer)
    assert (again(made).outcome, again(made).asked_by, again(mine).outcome) == ("", ana, "Autres mots.")
    assert not [each for each in Notice.objects.values_list("text", flat=True) if WHAT in each]


def test_erased_after_removing_the_profile_one_leaves_no_word_either(cleo, ana, town) -> None:
    made = asked(ana, town)
    actions.accept(by=cleo.user, request=made)
    actions.end(by=cleo.user, request=made, outcome=WHAT)
    actions.remove(by=cleo.user, owner=cleo.user)
    assert again(made).outcome == WHAT
    personal.erase(cleo.user)
    assert again(made).outcome == ""


def readers(request: SupportRequest, *people: User) -> list[User]:
    return [each for each in people if SupportRequest.objects.readable_by(each).filter(pk=request.pk).exists()]


@pytest.mark.parametrize("gone", ["withdrew", "struck off"])
def test_one_reads_what_one_was_offered_while_active(cleo, ana, town, loire, editor, gone) -> None:
    second = catalyst("d@exemple.fr", loire)
    made, own = asked(ana, town), asked(cleo.user, town, "own")
    actions.decline(by=cleo.user, request=made, reason=WHY)
    assert readers(made, ana, cleo.user, second.user) == [ana, cleo.user, second.user]
    if gone == "withdrew":
        actions.withdraw_consent(by=cleo.user)
    else:
        actions.judge(by=editor, catalyst=cleo, accepted=False, reason=BECAUSE)
    assert readers(made, ana, cleo.user, second.user) == [ana, second.user]
    assert readers(own, cleo.user) == [cleo.user]


def test_consent_withdrawn_one_reads_what_one_carries_until_it_ends(cleo, ana, town) -> None:
    made = asked(ana, town)
    actions.accept(by=cleo.user, request=made)
    actions.withdraw_consent(by=cleo.user)
    assert readers(made, cleo.user) == [cleo.user]
    actions.end(by=cleo.user, request=made, outcome=WHAT)
    assert readers(made, cleo.user) == []
    actions.consent(by=cleo.user)
    assert readers(made, cleo.user) == [cleo.user]


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


def test_a_mediator_reads_those_of_their_departements(cleo, ana, town, loire, elsewhere, oscar) -> None:
    Mediator.objects.create(user=oscar, territory=loire)
    made, far = asked(ana, town), asked(ana, elsewhere, "far")
    assert readers(made, oscar) == [oscar]
    assert readers(far, oscar) == []
    client = entered(oscar)
    listed = read(client.get("/mon-espace/appuis/mediation/"))
    assert made.get_absolute_url() in listed
    assert far.get_absolute_url() not in listed
    assert made.get_absolute_url() not in read(client.get("/mon-espace/appuis/")), "they have no part in it"
    page = read(client.get(made.get_absolute_url()))
    assert "médiateur de l’État" in page
    assert ana.email not in page
    assert "<button" not in page[page.index("<main") : page.index("</main>")]
    for act in ("accepter", "decliner", "transmettre", "terminer", "retirer"):
        assert client.post(f"{made.get_absolute_url()}{act}/", {"words": "Non."}).status_code in (403, 404, 409)
    assert again(made).status == made.status
    assert "/mon-espace/appuis/mediation/" in read(client.get("/mon-espace/"))
    SupportRequest.objects.filter(pk=made.pk).update(status=Status.DESK, is_blank=True, catalyst=None, due_at=None)
    told = read(client.get(made.get_absolute_url()))
    assert "comptée là où il manque quelqu’un" in told
    assert "Votre demande" not in told, "it is not theirs"
    actions.withdraw(by=ana, request=made)
    assert readers(made, oscar) == []


def test_nobody_reads_as_a_mediator_who_is_none(cleo, ana, town, oscar, loire) -> None:
    made = asked(ana, town)
    assert readers(made, oscar) == []
    assert entered(oscar).get("/mon-espace/appuis/mediation/").status_code == 403
    Mediator.objects.create(user=oscar, territory=loire)
    SupportRequest.objects.filter(pk=made.pk).update(is_demo=True)
    assert readers(made, oscar) == [], "another world"
