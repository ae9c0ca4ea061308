"""To a real server of mail: what it receives, and what happens when it does not answer, refuses, or we are cut."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.mail import send_mail
from fairealliance.accounts.models import User
from fairealliance.mailing import gathering, kinds, sending
from fairealliance.mailing.actions import choose, forget, send_again, tell
from fairealliance.mailing.enums import LetterState, Rhythm
from fairealliance.mailing.kinds import Kind
from fairealliance.mailing.models import Letter, Notice
from fairealliance.pages.models import HubSettings
from tests.mailing.conftest import Received, confirmed

pytestmark = pytest.mark.django_db


def letter_to(*people: User, event: str = "essai:1", **more: str) -> None:
    said = {"subject": "Un essai", "text": "Quelque chose <b>est</b> arrivé.", "path": "/mon-espace/", **more}
    tell(people, kind="essais", event=event, **said)
    gathering.gather(timezone.now() + timedelta(minutes=2))


def later(minutes: int = 5) -> int:
    return sending.send_queued(timezone.now() + timedelta(minutes=minutes))


def test_text_beside_html_and_the_way_out(smtp: Received, nour: User) -> None:
    letter_to(nour)
    assert later() == 1
    [mail] = smtp.messages
    assert mail["To"] == "nour@exemple.fr"
    assert mail["Subject"] == "Un essai"
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert "Quelque chose <b>est</b> arrivé." in plain.get_content()
    assert "Quelque chose &lt;b&gt;est&lt;/b&gt; arrivé." in rich.get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/courriels/arreter/" in str(mail["List-Unsubscribe"])
    assert "/courriels/arreter/" in plain.get_content()
    assert str(mail["Message-ID"]).endswith("@faire-alliance.example>")
    assert later() == 0


def test_it_carries_its_mark_and_fetches_nothing(smtp: Received, nour: User) -> None:
    letter_to(nour)
    later()
    [mail] = smtp.messages
    assert mail.get_content_type() == "multipart/related"
    whole, picture = mail.iter_parts()
    assert [part.get_content_type() for part in whole.iter_parts()] == ["text/plain", "text/html"]
    assert (picture.get_content_type(), picture.get_content_disposition()) == ("image/png", "inline")
    rich = mail.get_body(("html",)).get_content()
    assert re.findall(r'src="([^"]+)"', rich) == [f"cid:{picture['Content-ID'].strip('<>')}"]


def test_by_name_with_a_button_why_one_is_told_and_who_publishes(smtp: Received, nour: User, settings) -> None:
    User.objects.filter(pk=nour.pk).update(name="Nour Elle")
    HubSettings.objects.create(publisher="Le Collectif", publisher_address="12 rue du Forez\r\n42000 Saint-Étienne")
    letter_to(nour, action="Aller voir", after="C’est tout.")
    later()
    [mail] = smtp.messages
    text, rich = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert text.startswith("Bonjour Nour Elle,\n\nQuelque chose <b>est</b> arrivé.\n\nAller voir :\n")
    assert text.index("Aller voir") < text.index("C’est tout.") < text.index("-- \n")
    assert "réglé pour vous annoncer ceci par courriel : Essais." in text
    assert f"Régler mes courriels :\n{settings.PUBLIC_ADDRESS}/compte/courriels/" in text
    for body in (text, rich):
        assert "Le Collectif" in body
        assert "12 rue du Forez, 42000 Saint-Étienne" in body
    assert re.search(r'class="m-main".*?>Aller voir</a>', rich)


def test_nobody_said_who_publishes_and_nothing_is_made_up(smtp: Received, nour: User) -> None:
    HubSettings.objects.all().delete()
    letter_to(nour)
    later()
    text = smtp.messages[0].get_body(("plain",)).get_content()
    assert text.rstrip().endswith("/"), "the way out is the last word"


def test_from_whoever_is_at_the_origin_by_our_address(smtp: Received, nour: User) -> None:
    letter_to(nour, origin="Amap du Vallon\r\nBcc: tous@exemple.fr", reply_to="amap@exemple.fr")
    later()
    [mail] = smtp.messages
    assert mail["From"].addresses[0].addr_spec == "bonjour@faire-alliance.example"
    assert mail["From"].addresses[0].display_name == "Amap du Vallon Bcc: tous@exemple.fr, par Faire Alliance"
    assert mail["Reply-To"] == "amap@exemple.fr"
    assert mail["Bcc"] is None


def test_a_subject_that_would_be_headers_is_one_line(smtp: Received, nour: User) -> None:
    letter_to(nour, subject="Bonjour\nBcc: tous@exemple.fr\n\nEt du texte")
    later()
    assert smtp.messages[0]["Subject"] == "Bonjour Bcc: tous@exemple.fr Et du texte"
    assert smtp.messages[0]["Bcc"] is None


def test_many_go_by_one_connection(smtp: Received) -> None:
    letter_to(*[confirmed(f"personne-{number}@essai.fr") for number in range(5)])
    assert later() == 5
    assert len({str(mail["To"]) for mail in smtp.messages}) == 5
    assert smtp.connections == 1


def test_a_server_down_for_a_day_loses_nothing(smtp: Received, nour: User, settings) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letter_to(nour)
    now = timezone.now() + timedelta(minutes=5)
    for _try in range(5):
        assert sending.send_queued(now) == 0
        now += timedelta(hours=6)
    assert Letter.objects.get().state == LetterState.QUEUED
    settings.EMAIL_PORT = port
    assert sending.send_queued(now) == 1
    assert len(smtp.messages) == 1


def test_after_days_it_is_given_up_and_the_secretariat_sees_it(
    smtp: Received, nour: User, settings, desk: Client, editor: User
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letter_to(nour)
    for day in range(len(sending.WAITS) + 1):
        sending.send_queued(timezone.now() + timedelta(days=2 * day + 1))
    letter = Letter.objects.get()
    assert letter.state == LetterState.FAILED
    page = desk.get("/gestion/courriels/").content.decode()
    assert "nour@exemple.fr" in page
    assert "ConnectionRefusedError" in page
    assert "Quelque chose" not in page
    settings.EMAIL_PORT = port
    assert desk.post(f"/gestion/courriels/{letter.pk}/renvoyer/").status_code == 302
    assert later() == 1
    assert desk.post(f"/gestion/courriels/{letter.pk}/renvoyer/").status_code == 404
    assert len(smtp.messages) == 1


def test_only_the_secretariat_sends_again(nour: User) -> None:
    with pytest.raises(PermissionDenied):
        send_again(by=nour, pk=1)


def test_an_address_refused_for_good_does_not_stop_the_others(smtp: Received, nour: User) -> None:
    smtp.answers["perdue@exemple.fr"] = "550 no such user"
    smtp.answers["pleine@exemple.fr"] = "452 mailbox full"
    letter_to(confirmed("perdue@exemple.fr"), confirmed("pleine@exemple.fr"), nour)
    assert later() == 1
    states = {letter.user.email: letter.state for letter in Letter.objects.select_related("user")}
    assert states == {
        "perdue@exemple.fr": LetterState.FAILED,
        "pleine@exemple.fr": LetterState.QUEUED,
        "nour@exemple.fr": LetterState.SENT,
    }
    smtp.answers.clear()
    assert later(minutes=60) == 1
    assert [str(mail["To"]) for mail in smtp.messages] == ["nour@exemple.fr", "pleine@exemple.fr"]


def test_claimed_by_one_is_not_sent_by_another(smtp: Received, nour: User) -> None:
    letter_to(nour)
    now = timezone.now() + timedelta(minutes=5)
    assert len(sending._claim(now)) == 1
    assert sending.send_queued(now) == 0
    assert smtp.messages == []


def test_a_worker_stopped_while_sending_is_followed_by_another(
    smtp: Received, nour: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter_to(nour)
    monkeypatch.setattr(sending.Letter.objects, "filter", _cut_after(sending.Letter.objects.filter))
    with pytest.raises(KeyboardInterrupt):
        later()
    monkeypatch.undo()
    assert later() == 0
    assert later(minutes=60) == 1
    assert len({str(mail["Message-ID"]) for mail in smtp.messages}) == 1


def _cut_after(whole):
    """Stops us as the letter is about to be noted as sent."""

    def cut(*args: object, **told: object) -> object:
        if set(told) == {"pk"}:
            raise KeyboardInterrupt
        return whole(*args, **told)

    return cut


def test_past_its_lease_a_letter_is_another_s(smtp: Received, nour: User) -> None:
    letter_to(nour)
    Letter.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    mine = sending._claim(timezone.now() - timedelta(minutes=20))
    assert sending.send_queued(timezone.now()) == 1
    assert sending._send_all(mine) == (0, True)
    assert len(smtp.messages) == 1


def test_never_holds_for_a_letter_that_waits(smtp: Received, nour: User) -> None:
    other = confirmed("autre@exemple.fr")
    letter_to(nour, other)
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.NEVER})
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert later() == 0
    assert smtp.messages == []
    assert not Letter.objects.exists()


def test_only_what_is_still_wanted_stays_in_a_letter(smtp: Received, nour: User) -> None:
    tell([nour], kind="nouvelles", event="nouvelle:1", subject="Une nouvelle", text="Elle reste.")
    letter_to(nour)
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.NEVER})
    assert later() == 1
    assert smtp.messages[0]["Subject"] == "Une nouvelle"


def test_what_is_no_longer_theirs_to_read_stays_out_of_a_letter(smtp: Received, nour: User) -> None:
    read = [12]
    kinds.register(Kind("essais", "Essais", "", still=kinds.while_read(lambda user, numbers: read, always="fin")))
    for event in ("essai:1:lu", "essai:1:fin", "essai:12:lu"):
        tell([nour], kind="essais", event=event, subject=event.replace(":", " "), text="Un secret.")
    gathering.gather(timezone.now() + timedelta(minutes=2))
    assert later() == 1
    text = smtp.messages[0].get_body(("plain",)).get_content()
    assert ["essai 1 lu" in text, "essai 1 fin" in text, "essai 12 lu" in text] == [False, True, True]
    assert Notice.objects.get(event="essai:1:lu").state == "untold"


def test_nobody_is_written_to_where_no_server_is(smtp: Received, nour: User) -> None:
    """People of the invented world have addresses that no server can deliver to."""
    letter_to(nour, confirmed("nora@demo.invalid"))
    send_mail(to="nora@demo.invalid", subject="Un code", text="1234")
    assert later() == 1
    assert [mail["To"] for mail in smtp.messages] == ["nour@exemple.fr"]
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()


def test_what_may_be_sent_anew_keeps_its_words(nour: User) -> None:
    letter_to(nour)
    Letter.objects.update(state=LetterState.FAILED)
    Notice.objects.update(made_at=timezone.now() - timedelta(days=400))
    forget()
    assert Notice.objects.get().text
    Letter.objects.update(state=LetterState.SENT, sent_at=timezone.now())
    forget()
    assert not Notice.objects.get().text


def test_a_fault_of_smtp_tells_no_address_in_its_log(smtp: Received, nour: User, caplog) -> None:
    smtp.answers["nour@exemple.fr"] = "550 nour@exemple.fr is unknown"
    letter_to(nour)
    later()
    assert "nour" not in caplog.text
    assert "nour" not in Letter.objects.get().error
    assert smtplib.SMTPRecipientsRefused.__name__ in Letter.objects.get().error
