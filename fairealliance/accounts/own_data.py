"""What this room, and those below it, hold of a person."""

from collections.abc import Iterable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.accounts.unnaming import Unnaming, unnaming
from fairealliance.journal.actions import erase_author
from fairealliance.journal.models import Entry


def register_all() -> None:
    register(
        Holding(
            "compte",
            _("Votre compte"),
            export=_account,
            erase=_erase_account,
            erased=_("Nom, adresse, mot de passe, seconde preuve, identités rattachées et sessions."),
        )
    )
    register(
        Holding(
            "courriels",
            _("Les courriels que nous vous avons envoyés"),
            export=_mails,
            erase=_erase_mails,
            erased=_("Les courriels en attente, les copies que nous en avions, et votre nom dans ceux des autres."),
        )
    )
    register(
        Holding(
            "journal",
            _("Le journal de ce que vous avez fait"),
            export=_entries,
            erase=_erase_entries,
            erased=_("Votre nom, partout où le journal le portait."),
            kept=_("Les actes eux-mêmes, sans nom : le journal prouve que rien n’a été changé en cachette."),
            is_last=True,
        )
    )


def _account(person: Person) -> dict[str, Any]:
    user = person.user
    proofs = Authenticator.objects.filter(user=user)
    return {
        "email": user.email,
        "name": user.name,
        "joined_at": user.joined_at,
        "last_login": user.last_login,
        "is_secretariat": user.is_secretariat,
        "groups": list(user.groups.values_list("name", flat=True)),
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified")),
        "second_proofs": list(proofs.values("type", "created_at", "last_used_at")),
        "sessions": list(UserSession.objects.filter(user=user).values("user_agent", "created_at", "last_seen_at")),
        "identities": list(SocialAccount.objects.filter(user=user).values("provider", "uid", "extra_data")),
    }


def _erase_account(person: Person) -> None:
    """Tables that point to the account go with it; a session is only known by what it holds."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.user.pk):
            session.delete()


def _sent() -> Iterable[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path="fairealliance.accounts.tasks.deliver").iterator()


def _tasks(person: Person) -> list[DBTaskResult]:
    addresses = _addresses(person)
    return [task for task in _sent() if str(task.args_kwargs["kwargs"].get("to", "")).lower() in addresses]


def _mails(person: Person) -> dict[str, Any]:
    told = (task.args_kwargs["kwargs"] for task in _tasks(person))
    waiting = [{"subject": mail["subject"], "text": mail["text"]} for mail in told]
    kept = [path.name for path in _mail_files(person)]
    return {"waiting": waiting, "files": kept} if waiting or kept else {}


def _erase_mails(person: Person) -> None:
    """Those to them go. In those to others, an invitation of theirs for one, they are named no more."""
    DBTaskResult.objects.filter(pk__in=[task.pk for task in _tasks(person)]).delete()
    cleaner = unnaming(person)
    for task in _sent():
        told = task.args_kwargs["kwargs"]
        clean = {name: cleaner.clean(said) if name in _SAID else said for name, said in told.items()}
        if clean != told:
            task.args_kwargs["kwargs"] = clean
            task.save(update_fields=["args_kwargs"])
    for path in _folder():
        _erase_file(path, person, cleaner)


def _erase_file(path: Path, person: Person, cleaner: Unnaming) -> None:
    before = _messages(path)
    left = [_unnamed(told, cleaner) for told in before if not _is_to(told, person)]
    if not left and before:
        path.unlink(missing_ok=True)
    elif left != before:
        path.write_bytes(b"".join(told + _PARTED for told in left))


def _unnamed(told: bytes, cleaner: Unnaming) -> bytes:
    """As it is where they are not named; else each of its texts anew, whatever way it was written."""
    message = message_from_bytes(told, policy=policy.default)
    is_named = False
    for part in message.walk():
        if part.get_content_maintype() == "text":
            said = str(part.get_content())
            if (clean := cleaner.clean(said)) != said:
                part.set_content(clean, subtype=part.get_content_subtype())
                is_named = True
    if (clean := cleaner.clean(str(message["Subject"]))) != str(message["Subject"]):
        message.replace_header("Subject", clean)
        is_named = True
    return message.as_bytes() if is_named else told


_SAID = ("subject", "text", "html")
_PARTED = b"\n" + b"-" * 79 + b"\n"


def _mail_files(person: Person) -> Iterable[Path]:
    """Without a server of mail, mails are files: of one message most often, sometimes of several."""
    for path in _folder():
        if any(_is_to(told, person) for told in _messages(path)):
            yield path


def _folder() -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log")) if folder.is_dir() else []


def _messages(path: Path) -> list[bytes]:
    return [told for told in path.read_bytes().split(_PARTED) if told.strip()]


def _is_to(told: bytes, person: Person) -> bool:
    to = str(message_from_bytes(told, policy=policy.default)["To"]).lower()
    return any(address in to for address in _addresses(person))


def _addresses(person: Person) -> set[str]:
    return {*person.mails, person.user.email.lower()}


def _entries(person: Person) -> dict[str, Any]:
    done = Entry.objects.filter(author__user_id=person.user.pk).order_by("pk")
    acts = [{"at": each.at, "verb": each.verb, "subject": each.subject, "detail": each.detail} for each in done]
    return {"acts": acts} if acts else {}


def _erase_entries(person: Person) -> None:
    erase_author(user_id=person.user.pk, words=person.mails)
