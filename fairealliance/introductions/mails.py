"""What people are told of introductions, through the one dispatcher."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User
from fairealliance.introductions.enums import Owing, Side
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.masking import masked
from fairealliance.introductions.models import Checkup, Introduction, Message, Step
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.text_fr import shorten
from fairealliance.mailing import kinds
from fairealliance.mailing.actions import tell
from fairealliance.mailing.enums import Rhythm

ANSWERS, MESSAGES = "introductions", "introduction-messages"
REMINDERS, WARNINGS = "introduction-reminders", "introduction-warnings"
FOLLOW_UP = "introduction-follow-up"


def register_kinds() -> None:
    for slug, label, text, rhythm in (
        (
            ANSWERS,
            gettext_lazy("Mises en relation"),
            gettext_lazy("Une organisation demande à entrer en relation avec la vôtre, ou vous répond."),
            Rhythm.AT_ONCE,
        ),
        (
            MESSAGES,
            gettext_lazy("Messages d’une mise en relation"),
            gettext_lazy("Un message arrive dans un échange de votre organisation."),
            Rhythm.AT_ONCE,
        ),
        (
            REMINDERS,
            gettext_lazy("Rappels de demandes sans réponse"),
            gettext_lazy("Quelqu’un attend encore la réponse de votre organisation."),
            Rhythm.AT_ONCE,
        ),
        (
            WARNINGS,
            gettext_lazy("Demandes sans réponse sur votre territoire"),
            gettext_lazy("Pour les catalyseurs et le secrétariat : une demande attend depuis deux semaines."),
            Rhythm.DAILY,
        ),
        (
            FOLLOW_UP,
            gettext_lazy("Nouvelles de vos alliances"),
            gettext_lazy("Trois mois, un an et deux ans après son début : deux questions."),
            Rhythm.AT_ONCE,
        ),
    ):
        kinds.register(kinds.Kind(slug, label, text, rhythm))


def people_of(introduction: Introduction, side: str) -> "QuerySet[User]":
    """Those who act for that side today."""
    held = introduction.organisation_id_of(side)
    return User.objects.filter(is_active=True, memberships__organisation=held or 0).distinct().order_by("pk")


def proposer_of(introduction: Introduction) -> list[User]:
    """The catalyst who put both in touch, if one did."""
    return [introduction.asked_by] if introduction.is_by_catalyst and introduction.asked_by else []


def owing(introduction: Introduction) -> list[Side]:
    return [side for side in Side if introduction.waits_for in (side, Owing.BOTH)]


def told(
    introduction: Introduction,
    people: Iterable[User],
    *,
    what: str,
    subject: str,
    text: str,
    kind: str = ANSWERS,
    but: User | None = None,
    now: datetime,
    reply_to: str = "",
) -> int:
    """Has them told once of `what`, with the page to open; never whoever did it."""
    return tell(
        [user for user in people if but is None or user.pk != but.pk],
        kind=kind,
        event=f"{introduction.ref}:{what}",
        subject=subject,
        text=text,
        path=introduction.get_absolute_url(),
        origin=_("Mises en relation"),
        reply_to=reply_to,
        now=now,
    )


def asked(introduction: Introduction, message: Message, now: datetime) -> None:
    """To each side whose yes is asked."""
    names = {side: introduction.name_of(side) for side in Side}
    words = {"subject": introduction.subject, "text": masked(message.text)}
    for side in owing(introduction):
        other = names[Side.ASKED if side == Side.ASKER else Side.ASKER]
        if introduction.is_by_catalyst:
            subject = _("Un catalyseur vous propose d’entrer en relation avec %s") % other
        else:
            subject = _("%s souhaite entrer en relation avec vous") % other
        body = _("Sujet : %(subject)s\n\n%(text)s\n\nOui, non, une question ? Répondre prend une minute.") % words
        told(introduction, people_of(introduction, side), what=f"asked:{side}", subject=subject, text=body, now=now)


def accepted(introduction: Introduction, side: Side, by: User | None, now: datetime) -> None:
    """Once both said yes to everybody; before, to nobody: the other has still to answer for itself."""
    text = _("Les deux organisations ont dit oui. Les adresses de chacun sont maintenant sur la page de l’échange.")
    subject = _("C’est accepté : %s") % introduction.subject
    _told_all(introduction, "accepted", subject, text, by, now)


def ended(introduction: Introduction, what: str, subject: str, by: User | None, now: datetime) -> None:
    """Declined, withdrawn, ended: with the reason, in the words it was given in."""
    reason = introduction.get_reason_display() if introduction.reason else ""
    parts = [_("Raison : %s.") % reason if reason else "", masked(introduction.words)]
    text = "\n\n".join(part for part in parts if part) or _("L’échange reste à lire sur sa page.")
    _told_all(introduction, what, subject, text, by, now)


def begun(introduction: Introduction, by: User | None, now: datetime) -> None:
    text = _(
        "Bravo ! Dans trois mois, un an et deux ans, nous vous poserons deux questions : l’alliance vit-elle, "
        "et qu’a-t-elle changé ?"
    )
    _told_all(introduction, "begun", _("L’alliance commence : %s") % introduction.subject, text, by, now)


def wrote(introduction: Introduction, message: Message, by: User, now: datetime) -> None:
    """To the other side, and to whoever put both in touch. The way to answer by mail is open once both said yes."""
    sides = [side for side in Side if side != message.side]
    people = [user for side in sides for user in people_of(introduction, side)] + proposer_of(introduction)
    name = introduction.name_of(message.side) if message.side else _("Le catalyseur")
    text = message.text if introduction.is_reachable else masked(message.text)
    told(
        introduction,
        people,
        what=f"message:{message.pk}",
        subject=_("%(name)s vous écrit : %(subject)s") % {"name": name, "subject": introduction.subject},
        text=shorten(text, 600),
        kind=MESSAGES,
        but=by,
        now=now,
        reply_to=by.email if introduction.is_reachable else "",
    )


def reminded(introduction: Introduction, step: Step, closing_on: date, now: datetime) -> None:
    """To those who owe the answer."""
    for side in owing(introduction):
        name = introduction.name_of(Side.ASKED if side == Side.ASKER else Side.ASKER)
        words = {"name": name, "asked": in_words(timezone.localtime(introduction.asked_at).date())}
        words["closing"] = in_words(closing_on)
        text = _(
            "La demande date du %(asked)s. Un oui, un non ou une question : tout vaut mieux que le silence.\n\n"
            "Sans réponse, elle sera close le %(closing)s, et les deux organisations le sauront."
        )
        told(
            introduction,
            people_of(introduction, side),
            what=f"{introduction.round}:{step.name}:{side}",
            subject=_("%(name)s attend votre réponse") % words,
            text=text % words,
            kind=REMINDERS,
            now=now,
        )


def warned(introduction: Introduction, people: Iterable[User], now: datetime) -> None:
    """To whoever may help: who asks whom, and not what they wrote."""
    names = {"one": introduction.name_of(Side.ASKER), "other": introduction.name_of(Side.ASKED)}
    names["owing"] = ", ".join(introduction.name_of(side) for side in owing(introduction))
    told(
        introduction,
        people,
        what=f"{introduction.round}:warning",
        subject=_("%(owing)s n’a pas encore répondu") % names,
        text=_("%(one)s et %(other)s : la réponse de %(owing)s se fait attendre. Un appel de votre part peut aider.")
        % names,
        kind=WARNINGS,
        now=now,
    )


def closed(introduction: Introduction, now: datetime) -> None:
    text = _(
        "Personne n’a répondu malgré les rappels : la demande est close, pour ne laisser personne attendre.\n\n"
        "Ce n’est un reproche pour personne. Une nouvelle demande reste possible, par l’une ou par l’autre."
    )
    _told_all(introduction, "closed", _("Demande close, faute de réponse : %s") % introduction.subject, text, None, now)


def checkup(asked: Checkup, now: datetime) -> None:
    """To one side, with its own link."""
    held = asked.introduction
    words = {"name": held.name_of(Side.ASKED if asked.side == Side.ASKER else Side.ASKER)}
    words |= {"subject": held.subject, "months": str(asked.months), "closes": in_words(asked.closes_on)}
    text = _(
        "Votre alliance avec %(name)s (« %(subject)s ») a commencé il y a %(months)s mois. "
        "Vit-elle ? Qu’a-t-elle changé ?\n\n"
        "Deux questions, une minute, sans vous connecter. La réponse peut être changée jusqu’au %(closes)s."
    )
    tell(
        people_of(held, asked.side),
        kind=FOLLOW_UP,
        event=f"{held.ref}:follow-up:{asked.months}:{asked.side}",
        subject=_("Deux questions sur votre alliance avec %(name)s") % words,
        text=text % words,
        path=follow_up_path(asked),
        origin=_("Mises en relation"),
        now=now,
    )


def _told_all(introduction: Introduction, what: str, subject: str, text: str, by: User | None, now: datetime) -> None:
    people = [user for side in Side for user in people_of(introduction, side)] + proposer_of(introduction)
    told(introduction, people, what=what, subject=subject, text=text, but=by, now=now)
