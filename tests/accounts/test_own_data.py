"""Taking one's data away, and leaving no trace: read back in every table and every file."""

import io
import json
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from fairealliance.accounts import personal
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Attachment, Correction, Message, Proposal
from fairealliance.journal.actions import record
from fairealliance.journal.models import Entry
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.organisations.enums import Role, Way
from fairealliance.organisations.members import claims, invitations
from fairealliance.organisations.models import Claim, Member
from fairealliance.staff import people
from tests.accounts.conftest import PASSWORD, SignIn, read
from tests.factories import OrganisationFactory, UserFactory, prove

pytestmark = pytest.mark.django_db
MAIL, NAME = "maud@exemple.fr", "Maud Membre"


def proposal(mail: str, status: Status, home: Path) -> Proposal:
    reason = "trop court" if status == Status.DECLINED else ""
    told = {"contact_email": mail, "contact_name": NAME, "content": {"a": 1}, "consent_at": timezone.now()}
    made = Proposal.objects.create(start_key=uuid4().hex, status=status, title="La halle", reason=reason, **told)
    Message.objects.create(proposal=made, side="proposer", text=f"Écrivez-moi à {mail}", page_key="x")
    folder = home / "media" / "contributions" / made.folder.hex
    folder.mkdir(parents=True)
    file = {"kind": AttachmentKind.PHOTO, "file_name": "halle.jpg", "extension": "jpg", "size": 4, "digest": "d"}
    photo = Attachment.objects.create(proposal=made, words="La halle", **file)
    (folder / photo.stored_name).write_bytes(b"jpeg")
    return made


@pytest.fixture
def lived(member: User, settings, tmp_path: Path) -> User:
    """Somebody who did everything that leaves a trace."""
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for status in (Status.DRAFT, Status.SENT, Status.ACCEPTED, Status.DECLINED):
        proposal(MAIL.upper() if status == Status.SENT else MAIL, status, tmp_path)
    Correction.objects.create(subject="practice:1", subject_title="x", after="y", contact_email=MAIL, page_key="k")
    people.ensure_groups()
    record(by=member, verb="essai", subject="thing:1", detail={})
    page = Page.objects.get(depth=2) if Page.objects.filter(depth=2).exists() else Page.get_first_root_node()
    page.owner = member
    page.save()
    page.save_revision(user=member, log_action=True)
    for to in (MAIL, "oscar@exemple.fr"):
        EmailBackend(file_path=str(settings.EMAIL_FILE_PATH)).send_messages(
            [EmailMultiAlternatives(f"De {NAME}", f"À {to}, « {NAME} » vous invite.", to=[to])]
        )
        queued = {"status": "READY", "queue_name": "default", "backend_name": "default", "worker_ids": []}
        sent = {"args": [], "kwargs": {"to": to, "subject": "s", "text": f"{NAME} vous invite."}}
        path = "fairealliance.accounts.tasks.deliver"
        DBTaskResult.objects.create(task_path=path, args_kwargs=sent, exception_class_path="", traceback="", **queued)
    act_for_organisations(member)
    prove(member)
    return member


def act_for_organisations(member: User) -> None:
    """A member of one, asked for another, invited by a colleague and inviting another."""
    mine, other, colleague = OrganisationFactory(), OrganisationFactory(), UserFactory()
    Member.objects.create(organisation=mine, user=colleague, role=Role.ADMINISTRATOR, way=Way.DOMAIN)
    Member.objects.create(organisation=mine, user=member, role=Role.ADMINISTRATOR, way=Way.DOMAIN)
    claims.ask(by=member, organisation=other, position="présidente", message=f"Voyez {NAME}")
    claims.withdraw(by=member, claim=Claim.objects.get())
    invitations.invite(by=member, organisation=mine, email="autre@exemple.fr", role=Role.MEMBER)
    invitations.invite(by=SYSTEM, organisation=other, email=MAIL, role=Role.MEMBER)


def confirm(client: Client) -> None:
    """Shows again who one is, as the page asks."""
    assert client.post("/connexion/confirmer/", {"password": PASSWORD, "next": "/compte/"}).status_code == 302


def everything_kept(tmp_path: Path) -> str:
    """Every row of every table, and every file of the state folder."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told += [f"{table}: {row}" for row in cursor.fetchall()]
    told += [f"{path}: {path.read_bytes()!r}" for path in tmp_path.rglob("*") if path.is_file()]
    return "\n".join(told).lower()


def test_data_is_taken_away(sign_in: SignIn, member: User, tmp_path: Path) -> None:
    proposal(MAIL, Status.SENT, tmp_path)
    proposal("oscar@exemple.fr", Status.SENT, tmp_path)
    client = sign_in(member)
    told = json.loads(client.get("/compte/donnees/donnees.json").content)
    assert told["compte"]["email"] == MAIL
    assert [each["contact_email"] for each in told["propositions"]["proposals"]] == [MAIL]
    assert "oscar" not in json.dumps(told)
    assert "password" not in json.dumps(told).lower()
    with zipfile.ZipFile(io.BytesIO(client.get("/compte/donnees/donnees.zip").content)) as archive:
        assert len(archive.namelist()) == 2
        assert json.loads(archive.read("donnees.json"))["compte"]["name"] == NAME
        assert archive.read(archive.namelist()[1]) == b"jpeg"


def test_an_address_that_is_only_claimed_gives_nothing(member: User, outsider: User, tmp_path: Path) -> None:
    proposal("victime@exemple.fr", Status.SENT, tmp_path)
    outsider.emailaddress_set.create(email="victime@exemple.fr", verified=False)
    assert "propositions" not in personal.export(outsider)
    personal.erase(outsider)
    assert Proposal.objects.filter(contact_email="victime@exemple.fr").exists()


def test_erasing_leaves_no_trace(sign_in: SignIn, lived: User, outsider: User, tmp_path: Path) -> None:
    lived.authenticator_set.all().delete()
    client, other = sign_in(lived), sign_in(outsider)
    assert MAIL in everything_kept(tmp_path)
    assert NAME.lower() in everything_kept(tmp_path)
    confirm(client)
    assert "Ce n’est pas l’adresse" in read(client.post("/compte/effacer/", {"email": "autre@exemple.fr"}))
    done = client.post("/compte/effacer/", {"email": MAIL}, follow=True)
    assert "C’est effacé" in read(done)
    left = everything_kept(tmp_path)
    assert MAIL not in left
    assert NAME.lower() not in left
    assert "oscar@exemple.fr" in left
    assert not User.objects.filter(pk=lived.pk).exists()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                assert not model._base_manager.filter(**{field.attname: lived.pk}).exists(), field
    assert Entry.objects.filter(verb="essai").exists()
    assert list(Proposal.objects.values_list("status", flat=True)) == [Status.ACCEPTED]
    assert client.get("/compte/").status_code == 302
    assert other.get("/compte/").status_code == 200


def test_erasing_asks_again_even_of_who_just_came_in(sign_in: SignIn, member: User) -> None:
    client = sign_in(member)
    assert client.get("/compte/effacer/")["Location"].startswith("/connexion/confirmer/")
    client.post("/compte/effacer/", {"email": MAIL})
    assert User.objects.filter(pk=member.pk).exists()


def test_a_failure_midway_erases_nothing(lived: User, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = personal.Holding("zzz", "z", export=lambda person: {}, erase=lambda person: 1 / 0, erased="")  # type: ignore[arg-type,return-value]
    monkeypatch.setitem(personal._holdings, "zzz", broken)
    with pytest.raises(ZeroDivisionError):
        personal.erase(lived)
    assert User.objects.filter(pk=lived.pk).exists()
    assert Proposal.objects.count() == 4


def test_the_control_sees_what_is_left(lived: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the room's eraser, the same reading finds the address."""
    monkeypatch.delitem(personal._holdings, "propositions")
    personal.erase(lived)
    assert MAIL in everything_kept(tmp_path)
