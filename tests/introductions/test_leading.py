"""Asking, answering, ending: who may, what it does, what is told; done twice, it is done once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.introductions import actions
from fairealliance.introductions.actions.asking import AlreadyOpen
from fairealliance.introductions.enums import EndReason, Status
from fairealliance.introductions.life import TABLE, Verb
from fairealliance.introductions.models import Introduction, Message
from fairealliance.introductions.permissions import can_lead
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.enums import NoticeState
from fairealliance.mailing.models import Notice
from fairealliance.matching.enums import RefusalReason
from fairealliance.organisations import merging
from fairealliance.organisations.enums import AllianceKind
from tests.introductions.test_thirds import proposed
from tests.introductions.world import after, asked, catalyst, now_of, told
from tests.needs.cast import published
from tests.organisations import cast

NO = RefusalReason.NOT_NOW


def test_from_the_request_to_the_alliance(halle, fabrique, mia, tom, fanny, oscar) -> None:
    made = asked(mia, halle, fabrique)
    assert made.status == Status.ASKED
    assert told(fanny) == ["La Halle du Forez souhaite entrer en relation avec vous"]
    assert told(mia) == told(tom) == told(oscar) == []
    actions.accept(by=fanny, introduction=made)
    assert told(mia) == told(tom) == ["C’est accepté : Un local pour l’atelier"]
    actions.write(by=mia, introduction=made, text="Merci !", page_key="m")
    assert now_of(made).status == Status.TALKING
    actions.begin(by=fanny, introduction=made, kind=AllianceKind.PATRONAGE)
    actions.end(by=mia, introduction=made, reason=EndReason.DONE, words="Merci à tous.")
    held = now_of(made)
    assert (held.status, held.ended_by, held.reason) == ("ended", "asker", "done")
    verbs = Entry.objects.filter(subject=made.ref).order_by("sequence").values_list("verb", "before", "after")
    assert list(verbs) == [
        ("introduction-asked", "", "asked"),
        ("introduction-accepted", "asked", "accepted"),
        ("introduction-written", "accepted", "talking"),
        ("introduction-begun", "talking", "begun"),
        ("introduction-ended", "begun", "ended"),
    ]


def test_nobody_is_introduced_to_oneself(halle, fabrique, mia, fanny) -> None:
    with pytest.raises(NotAllowed, match="avec elle-même"):
        asked(mia, halle, halle)
    made = asked(mia, halle, fabrique, page_key="first")
    cast.join(fabrique, mia)
    with pytest.raises(NotAllowed, match="soi-même"):
        asked(mia, halle, fabrique, page_key="second")
    for act in (actions.accept, lambda **told: actions.decline(**told, reason=NO)):
        with pytest.raises(NotAllowed, match="à la fois"):
            act(by=mia, introduction=made)
    with pytest.raises(NotAllowed, match="à la fois"):
        actions.write(by=mia, introduction=made, text="Moi.", page_key="m")
    actions.accept(by=fanny, introduction=made)
    with pytest.raises(NotAllowed, match="à la fois"):
        actions.begin(by=mia, introduction=made, kind=AllianceKind.PUBLIC)


def test_nobody_is_put_in_touch_with_an_invented_world(halle, mia, oscar, town) -> None:
    """Whoever asks, in whichever order, and though a real person acts for the invented one."""
    invented, other = (cast.organisation(name=name, is_demo=True) for name in ("Inventée", "Autre inventée"))
    cast.join(invented, oscar)
    carla = cast.person("carla@exemple.fr")
    catalyst(carla, town)
    for by, asker, other_one in ((mia, halle, invented), (oscar, invented, halle)):
        with pytest.raises(NotAllowed, match="est inventée"):
            asked(by, asker, other_one)
    for pair in ((halle, invented), (invented, halle)):
        with pytest.raises(NotAllowed, match="est inventée"):
            proposed(carla, *pair)
    assert not Introduction.objects.exists()
    assert asked(oscar, invented, other).is_demo


def test_who_may_do_what(halle, fabrique, mia, tom, fanny, oscar, editor) -> None:
    made = asked(mia, halle, fabrique)
    for who in (mia, tom, oscar, editor):
        with pytest.raises(PermissionDenied):
            actions.accept(by=who, introduction=made)
        with pytest.raises(PermissionDenied):
            actions.decline(by=who, introduction=made, reason=NO)
    for who in (fanny, oscar, editor):
        with pytest.raises(PermissionDenied):
            actions.withdraw(by=who, introduction=made)
    for who in (oscar, editor):
        with pytest.raises(PermissionDenied):
            actions.write(by=who, introduction=made, text="x", page_key="x")
        with pytest.raises(PermissionDenied):
            actions.begin(by=who, introduction=made, kind=AllianceKind.ECONOMIC)
        with pytest.raises(PermissionDenied):
            actions.end(by=who, introduction=made, reason=EndReason.DONE)
    with pytest.raises(PermissionDenied):
        asked(oscar, halle, fabrique, page_key="o")
    assert Entry.objects.filter(subject=made.ref).count() == 1
    actions.withdraw(by=tom, introduction=made)


@pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW, Verb.BEGIN, Verb.END])
@pytest.mark.parametrize("status", Status.values)
def test_the_table_is_what_the_actions_do(halle, fabrique, mia, fanny, verb, status) -> None:
    made = asked(mia, halle, fabrique)
    reason = {"reason": "other"} if status in ("declined", "ended") else {}
    begun = {"begun_on": "2026-01-01"} if status == "begun" else {}
    waits = {"waits_for": "asked" if status == "asked" else ""}
    Introduction.objects.filter(pk=made.pk).update(status=status, **reason, **begun, **waits)
    move = TABLE[verb]
    facts = {"decline": {"reason": NO}, "end": {"reason": EndReason.DONE}, "begin": {"kind": AllianceKind.ECONOMIC}}
    by = mia if verb == Verb.WITHDRAW else fanny
    act = getattr(actions, verb.value)
    if status in move.start:
        assert act(by=by, introduction=made, **facts.get(verb.value, {})).status == move.end
    elif status == move.end:
        assert act(by=by, introduction=made, **facts.get(verb.value, {})).status == status
        assert Entry.objects.filter(subject=made.ref).count() == 1
    else:
        with pytest.raises(NotAllowed, match="n’est plus possible"):
            act(by=by, introduction=made, **facts.get(verb.value, {}))


def test_one_open_between_two_on_a_subject(halle, fabrique, mia, fanny) -> None:
    need = published(fanny, fabrique, place_0="commune:42218")
    first = asked(mia, halle, fabrique)
    assert asked(mia, halle, fabrique) == first, "the same page"
    with pytest.raises(AlreadyOpen) as open_already:
        asked(fanny, fabrique, halle, page_key="other way")
    assert open_already.value.held == first
    assert str(open_already.value) == "Une mise en relation est déjà ouverte entre ces deux organisations."
    assert asked(mia, halle, fabrique, page_key="k2", need=need) != first, "about another thing"
    with pytest.raises(AlreadyOpen, match="au sujet de ce besoin"):
        asked(fanny, fabrique, halle, page_key="its own", need=need)
    actions.withdraw(by=mia, introduction=first)
    assert asked(mia, halle, fabrique, page_key="k3") != first
    row = {"asker": fabrique, "asked": halle, "asked_at": after(0), "touched_at": after(0)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(**row, page_key="forced", status=Status.ASKED)
    Introduction.objects.create(**row, page_key="over", status=Status.SILENT)


def test_a_need_must_be_of_either_and_still_open(halle, fabrique, mia, fanny, oscar) -> None:
    other = cast.organisation(name="Une tierce")
    third = cast.person("t@exemple.fr")
    cast.join(other, third)
    need = published(third, other, place_0="commune:42218")
    with pytest.raises(NotAllowed, match="n’est d’aucune"):
        asked(mia, halle, fabrique, need=need)


def test_withdrawn_in_the_first_days_nobody_is_told(halle, fabrique, mia, fanny) -> None:
    first = asked(mia, halle, fabrique, now=after(0))
    actions.withdraw(by=mia, introduction=first, now=after(2))
    assert len(told(fanny)) == 1
    second = asked(mia, halle, fabrique, now=after(0), page_key="k2")
    actions.withdraw(by=mia, introduction=second, now=after(3))
    assert told(fanny)[-1] == "La demande est retirée : Un local pour l’atelier"


def test_somebody_puts_two_in_touch(halle, fabrique, mia, fanny, oscar, editor) -> None:
    words = {"subject": "Un atelier", "text": "Vous devriez vous parler.", "page_key": "k"}
    with pytest.raises(PermissionDenied):
        actions.propose(by=oscar, first=halle, second=fabrique, **words)
    made = actions.propose(by=editor, first=halle, second=fabrique, **words)
    who = f"{editor.name}, secrétariat" if editor.name else "Le secrétariat"
    assert told(mia) == [f"{who}, vous propose d’entrer en relation avec La Fabrique"]
    assert told(fanny) == [f"{who}, vous propose d’entrer en relation avec La Halle du Forez"]
    actions.accept(by=mia, introduction=made)
    held = now_of(made)
    assert (held.status, held.waits_for) == (Status.ASKED, "asked")
    assert actions.accept(by=mia, introduction=made).status == Status.ASKED, "twice is once"
    actions.accept(by=fanny, introduction=made)
    assert now_of(made).status == Status.ACCEPTED
    assert told(editor) == ["C’est accepté : Un atelier"]
    actions.write(by=editor, introduction=made, text="À vous.", page_key="e")
    assert Message.objects.get(text="À vous.").side == ""


def test_a_header_cannot_be_forged(halle, fabrique, mia, fanny) -> None:
    nasty = "Bonjour\r\nBcc: tous@exemple.fr"
    made = asked(mia, halle, fabrique, subject=nasty)
    actions.accept(by=fanny, introduction=made)
    for notice in Notice.objects.all():
        assert "\n" not in notice.subject + notice.origin + notice.reply_to
        assert "\r" not in notice.subject + notice.origin + notice.reply_to


# In the middle of it: merged, gone, erased.


def test_two_that_become_one_are_no_longer_in_touch(halle, fabrique, mia, fanny, editor) -> None:
    made = asked(mia, halle, fabrique)
    merger = merging.merge(by=editor, kept=halle, gone=fabrique)
    held = now_of(made)
    assert (held.status, held.reason, held.asked_name) == ("ended", "merged", "La Fabrique")
    assert held.messages.count() == 1
    merging.unmerge(by=editor, merger=merger)
    assert now_of(made).asked_id == fabrique.pk


@pytest.mark.parametrize("how", ["merged", "gone"])
def test_an_alliance_that_ends_so_is_called_so(halle, fabrique, mia, fanny, editor, how) -> None:
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    actions.begin(by=fanny, introduction=made, kind=AllianceKind.PATRONAGE)
    if how == "merged":
        merging.merge(by=editor, kept=halle, gone=fabrique)
    else:
        fabrique.delete()
    assert told(mia)[-1] == "L’alliance prend fin : Un local pour l’atelier"


def test_merged_with_a_third_the_first_request_goes_on(halle, fabrique, mia, fanny, oscar, editor) -> None:
    double = cast.organisation(name="La Fabrique (double)")
    first = asked(mia, halle, double, now=after(0))
    second = asked(mia, halle, fabrique, page_key="k2", now=after(1))
    merging.merge(by=editor, kept=fabrique, gone=double)
    assert (now_of(first).status, now_of(first).asked_id) == ("asked", fabrique.pk)
    assert (now_of(second).status, now_of(second).reason) == ("ended", "merged")
    actions.accept(by=fanny, introduction=first)


def test_control_without_the_hook_a_request_would_be_lost(halle, fabrique, mia, fanny, editor, monkeypatch) -> None:
    double = cast.organisation(name="La Fabrique (double)")
    first = asked(mia, halle, double)
    asked(mia, halle, fabrique, page_key="k2")
    monkeypatch.setattr(merging, "_preparers", [])
    merging.merge(by=editor, kept=fabrique, gone=double)
    lost = now_of(first)
    assert (lost.asked, lost.reason) == (None, "gone"), "no longer where unmerging would find it"


def test_gone_the_other_side_is_told_and_reads_its_name(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    fabrique.delete()
    held = now_of(made)
    assert (held.status, held.reason, held.asked, held.name_of("asked")) == ("ended", "gone", None, "La Fabrique")
    assert told(mia) == ["L’échange prend fin : Un local pour l’atelier"]


def test_erased_a_person_leaves_words_without_a_name(halle, fabrique, mia, tom, fanny) -> None:
    made = asked(mia, halle, fabrique, text="Écrivez à mia@exemple.fr, Mia Membre.")
    actions.accept(by=fanny, introduction=made)
    exported = personal.export(mia)["introductions"]
    assert exported["written"][0]["text"] == "Écrivez à mia@exemple.fr, Mia Membre."
    personal.erase(mia)
    kept = Message.objects.get()
    assert kept.text == "Écrivez à [retiré], [retiré]."
    assert kept.by_user is None
    assert now_of(made).status == Status.ACCEPTED
    assert can_lead(tom, now_of(made), Verb.END)


def test_whoever_wrote_why_it_stops_takes_it_away_and_nobody_else(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    actions.decline(by=fanny, introduction=made, reason=NO, words="Pas cette année.")
    [no] = personal.export(fanny)["introductions"]["stopped"]
    assert (no["subject"], no["reason"], no["words"]) == (made.subject, NO, "Pas cette année.")
    exported = personal.export(mia)["introductions"]
    assert exported["asked"][0]["status"] == Status.DECLINED
    assert "stopped" not in exported
    assert "Pas cette année." not in str(exported)


def test_who_said_no_is_left_in_peace_and_may_ask_in_turn(halle, fabrique, mia, fanny) -> None:
    held = asked(mia, halle, fabrique)
    actions.decline(by=fanny, introduction=held, reason=NO)
    with pytest.raises(NotAllowed, match="La Fabrique a dit non il y a peu"):
        asked(mia, halle, fabrique, page_key="k2")
    assert asked(fanny, fabrique, halle, page_key="k3").status == Status.ASKED


def test_a_no_is_over_some_day(halle, fabrique, mia, fanny) -> None:
    actions.decline(by=fanny, introduction=asked(mia, halle, fabrique), reason=NO)
    Introduction.objects.update(ended_at=timezone.now() - timedelta(days=91))
    assert asked(mia, halle, fabrique, page_key="k2").status == Status.ASKED


def test_nobody_is_asked_again_and_again(halle, fabrique, mia, fanny) -> None:
    for n in range(3):
        actions.withdraw(by=mia, introduction=asked(mia, halle, fabrique, page_key=f"k{n}"))
    with pytest.raises(NotAllowed, match="trois fois en un mois"):
        asked(mia, halle, fabrique, page_key="k9")


def test_a_letter_that_waits_asks_for_no_answer_that_came(halle, fabrique, mia, fanny) -> None:
    def waiting() -> list[str]:
        return list(Notice.objects.filter(user=fanny, state=NoticeState.WAITING).values_list("event", flat=True))

    held = asked(mia, halle, fabrique)
    assert waiting() == [f"{held.ref}:asked:asked"]
    actions.accept(by=fanny, introduction=held)
    assert f"{held.ref}:asked:asked" not in waiting()


def test_one_side_of_two_still_waits_to_be_asked(halle, fabrique, mia, fanny, editor) -> None:
    held = actions.propose(by=editor, first=halle, second=fabrique, subject="Ensemble", text="Bonjour.", page_key="p")
    actions.accept(by=mia, introduction=held)
    waiting = Notice.objects.filter(state=NoticeState.WAITING, event__startswith=f"{held.ref}:asked:")
    assert set(waiting.values_list("user__email", flat=True)) == {fanny.email}
