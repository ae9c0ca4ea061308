"""What people are told of introductions, through the one dispatcher."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.design.letters import quoted, unlinked
from fairealliance.introductions import proposers, voiceless
from fairealliance.introductions.enums import Owing, Side, Status, other
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.models import Checkup, Introduction, Message, Step
from fairealliance.introductions.permissions import is_companion, is_proposer, sides_of
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.masking import masked
from fairealliance.lib.text_fr import shorten, squeeze
from fairealliance.mailing import actions as mailing
from fairealliance.mailing import kinds
from fairealliance.mailing.actions import tell
from fairealliance.mailing.enums import Rhythm
from fairealliance.needs.enums import Visibility
from fairealliance.organisations.words import placed

ANSWERS, MESSAGES = "introductions", "introduction-messages"
REMINDERS, WARNINGS, NOBODY = "introduction-reminders", "introduction-warnings", "introduction-nobody"
FOLLOW_UP = "introduction-follow-up"


def _seen_by(user: User, numbers: Collection[int]) -> Iterable[int]:
    """Whoever helps no more is warned no more; the secretariat is."""
    seen = Introduction.objects.all() if can_edit_hub(user) else Introduction.objects.visible_to(user)
    return seen.filter(pk__in=numbers).values_list("pk", flat=True)


def _read_by(user: User, numbers: Collection[int]) -> Iterable[int]:
    """Whoever acts for neither side any more, or supports it no more, is told nothing more: those who see how it stands
    read no word of theirs.
    """
    return Introduction.objects.of(user).filter(pk__in=numbers).values_list("pk", flat=True)


PARTED = "parted"
"""How what is told of an end ends: it may be all that is left of it, and is theirs to read."""
_SEEN = kinds.while_read(_seen_by)
_READ = kinds.while_read(_read_by, always=PARTED)
_KINDS = (
    kinds.Kind(
        ANSWERS,
        gettext_lazy("Mises en relation"),
        gettext_lazy("Une organisation demande à entrer en relation avec la vôtre, ou vous répond."),
        Rhythm.AT_ONCE,
        _READ,
    ),
    kinds.Kind(
        MESSAGES,
        gettext_lazy("Messages d’une mise en relation"),
        gettext_lazy("Un message arrive dans un échange de votre organisation."),
        Rhythm.AT_ONCE,
        _READ,
    ),
    kinds.Kind(
        REMINDERS,
        gettext_lazy("Rappels de demandes sans réponse"),
        gettext_lazy("Quelqu’un attend encore la réponse de votre organisation."),
        Rhythm.AT_ONCE,
        _READ,
    ),
    kinds.Kind(
        WARNINGS,
        gettext_lazy("Demandes sans réponse sur votre territoire"),
        gettext_lazy("Pour les catalyseurs et le secrétariat : une demande attend, et un appel peut aider."),
        Rhythm.DAILY,
        _SEEN,
    ),
    kinds.Kind(
        NOBODY,
        gettext_lazy("Demandes à qui n’a personne ici"),
        gettext_lazy("Pour les catalyseurs et le secrétariat : personne ne peut répondre ici, et un appel peut aider."),
        Rhythm.AT_ONCE,
        _SEEN,
    ),
    kinds.Kind(
        FOLLOW_UP,
        gettext_lazy("Nouvelles de vos alliances"),
        gettext_lazy("Trois mois, un an et deux ans après son début : deux questions."),
        Rhythm.AT_ONCE,
        _READ,
    ),
)


def register_kinds() -> None:
    for kind in _KINDS:
        kinds.register(kind)


def people_of(introduction: Introduction, side: str) -> "QuerySet[User]":
    """Those who act for that side today."""
    held = introduction.organisation_id_of(side)
    return User.objects.filter(is_active=True, memberships__organisation=held or 0).distinct().order_by("pk")


def proposer_of(introduction: Introduction) -> list[User]:
    """Whoever put both in touch, if somebody did who still may."""
    by = introduction.asked_by
    return [by] if by and is_proposer(by, introduction) else []


def thirds_along(introduction: Introduction) -> list[User]:
    """Whoever reads along: who put both in touch, who supports them."""
    by = introduction.companion
    return proposer_of(introduction) + ([by] if by and is_companion(by, introduction) else [])


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
    action: str = "",
    path: str = "",
    after: str = "",
    but: User | None = None,
    now: datetime,
    reply_to: str = "",
) -> int:
    """Has them told once of `what`, with the page to open: its own, or that of `path`; never whoever did it."""
    return tell(
        [user for user in people if but is None or user.pk != but.pk],
        kind=kind,
        event=f"{introduction.ref}:{what}",
        subject=subject,
        text=unlinked(text),
        path=path or introduction.get_absolute_url(),
        action=action or _("Ouvrir l’échange"),
        after=after,
        origin=_("Mises en relation"),
        reply_to=reply_to,
        now=now,
    )


def _placed(introduction: Introduction, side: str) -> str:
    """Who that side is and where; by its name alone once it is gone."""
    held = introduction.organisation_of(side)
    return placed(held) if held else introduction.name_of(side)


def _between(introduction: Introduction) -> str:
    """Who, where and what for: said in each mail, which one may open months later."""
    words = {"one": _placed(introduction, Side.ASKER), "other": _placed(introduction, Side.ASKED)}
    who = _("Entre %(one)s et %(other)s.") % words
    return f"{who}\n{_subject_line(introduction)}"


def _subject_line(introduction: Introduction) -> str:
    """Addresses in it wait for the yes of both, as they do in messages."""
    subject = introduction.subject if introduction.is_reachable else masked(introduction.subject)
    return _("Sujet : %s") % squeeze(subject)


def _need_line(introduction: Introduction, side: str) -> str:
    """Which need or offer it answers, to whoever may read it: those who act for its organisation; the network, unless
    it goes by link only.
    """
    need = introduction.need
    if need is None:
        return ""
    is_own = need.organisation_id == introduction.organisation_id_of(side)
    if not is_own and need.visibility == Visibility.LINK:
        return ""
    if need.is_need:
        said = _("Il s’agit de votre besoin « %s ».") if is_own else _("Il s’agit de son besoin « %s ».")
    else:
        said = _("Il s’agit de votre offre « %s ».") if is_own else _("Il s’agit de son offre « %s ».")
    return said % squeeze(masked(need.title))


def asked(introduction: Introduction, message: Message, now: datetime) -> None:
    """To each side whose yes is asked: who asks, from where, what for, in their words."""
    proposer = proposers.of(introduction)
    for side in owing(introduction):
        words = {"you": introduction.name_of(side), "other": _placed(introduction, other(side))}
        if proposer:
            words["who"] = capfirst(proposers.words_of(proposer))
            subject = _("%(who)s, vous propose d’entrer en relation avec %(other)s")
            said = _("%(who)s, propose à %(you)s d’entrer en relation avec %(other)s.")
        else:
            subject = _("%(other)s souhaite entrer en relation avec vous")
            said = _("%(other)s souhaite entrer en relation avec %(you)s.")
        about = [_subject_line(introduction), _need_line(introduction, side)]
        parts = [said % words, "\n".join(filter(None, about)), quoted(masked(message.text))]
        told(
            introduction,
            people_of(introduction, side),
            what=f"asked:{side}",
            subject=subject % {**words, "other": introduction.name_of(other(side))},
            text="\n\n".join(parts),
            action=_("Lire et répondre"),
            after=_("Oui, non, une question ? Répondre prend une minute."),
            now=now,
        )


def take_back(introduction: Introduction) -> None:
    """Whoever owes no answer is asked for none by a letter that still waits."""
    for side in set(Side) - set(owing(introduction)):
        mailing.take_back(kind=ANSWERS, start=f"{introduction.ref}:asked:", end=f":{side}")
        mailing.take_back(kind=REMINDERS, start=f"{introduction.ref}:", end=f":{side}")


def accepted(introduction: Introduction, by: User | None, now: datetime) -> None:
    """Once both said yes to everybody; before, to nobody: the other has still to answer for itself."""
    text = _(
        "Les deux organisations ont dit oui. Les adresses de qui y prend part sont maintenant sur la page de l’échange."
    )
    subject = _("C’est accepté : %s") % introduction.subject
    _told_all(introduction, "accepted", subject, text, by, now)


def ended(introduction: Introduction, what: str, subject: str, by: User | None, now: datetime) -> None:
    """Declined, withdrawn, ended: with the reason, in the words it was given in, seen as theirs."""
    reason = introduction.get_reason_display() if introduction.reason else ""
    parts = [_("Raison : %s.") % reason if reason else "", quoted(masked(introduction.words))]
    text = "\n\n".join(part for part in parts if part) or _("L’échange reste à lire sur sa page.")
    _told_all(introduction, what, subject, text, by, now)


def end_of(introduction: Introduction, before: str) -> str:
    """The subject of what is over: an alliance once it had begun."""
    subject = _("L’alliance prend fin : %s") if before == Status.BEGUN else _("L’échange prend fin : %s")
    return subject % introduction.subject


def begun(introduction: Introduction, by: User | None, now: datetime) -> None:
    text = _(
        "Bravo ! Dans trois mois, un an et deux ans, nous vous poserons deux questions : l’alliance vit-elle, "
        "et qu’a-t-elle changé ?"
    )
    _told_all(introduction, "begun", _("L’alliance commence : %s") % introduction.subject, text, by, now)


def wrote(introduction: Introduction, message: Message, by: User, now: datetime) -> None:
    """To the other side, and to the thirds along. The way to answer by mail is open once both said yes."""
    sides = [side for side in Side if side != message.side]
    people = [user for side in sides for user in people_of(introduction, side)] + thirds_along(introduction)
    name = introduction.name_of(message.side) if message.side else _third_named(introduction, by)
    text = message.text if introduction.is_reachable else unlinked(masked(message.text))
    told(
        introduction,
        people,
        what=f"message:{message.pk}",
        subject=_("%(name)s vous écrit : %(subject)s") % {"name": name, "subject": introduction.subject},
        text=_("%s écrit :") % (_placed(introduction, message.side) if message.side else name)
        + f"\n\n{quoted(shorten(text, 600))}{_files_line(introduction, message)}",
        kind=MESSAGES,
        action=_("Lire et répondre"),
        but=by,
        now=now,
        reply_to=by.email if introduction.is_reachable else "",
    )


def _files_line(introduction: Introduction, message: Message) -> str:
    """What files are called, quoted: names are the words of who sent them, and leave when those do."""
    names = list(message.attachments.order_by("pk").values_list("file_name", flat=True))
    if not names:
        return ""
    said = _("Avec un fichier, à ouvrir sur la page de l’échange :")
    if len(names) > 1:
        said = _("Avec des fichiers, à ouvrir sur la page de l’échange :")
    shown = [name if introduction.is_reachable else masked(name) for name in names]
    return f"\n\n{said}\n\n" + quoted("\n".join(squeeze(name) for name in shown))


def _third_named(introduction: Introduction, by: User) -> str:
    along = proposers.companion_of(introduction) if introduction.companion_id == by.pk else proposers.of(introduction)
    return along.name if along else by.name


def accompanied(introduction: Introduction, now: datetime) -> None:
    """To both sides: who reads from now on, and how to end it."""
    along = proposers.companion_of(introduction)
    who = capfirst(proposers.words_of(along)) if along else ""
    text = _(
        "%s, accompagne maintenant votre échange : cette personne lit ce qui s’y écrit à partir d’aujourd’hui, et "
        "peut y écrire. Chacune des deux organisations peut y mettre fin à tout moment, sur la page de l’échange."
    )
    what = f"accompanied:{now:%Y%m%d%H%M%S}"
    _told_all(
        introduction,
        what,
        _("Un tiers accompagne votre échange : %s") % introduction.subject,
        text % who,
        introduction.companion,
        now,
    )


def left_alone(introduction: Introduction, by: User, now: datetime) -> None:
    """To both sides and to whoever put them in touch; and to whoever supported them: its page is theirs no more."""
    text = _("L’accompagnement prend fin : cette personne ne lit plus ce qui s’écrit, et n’y écrit plus.")
    what = f"left-alone:{now:%Y%m%d%H%M%S}"
    subject = _("L’accompagnement prend fin : %s") % introduction.subject
    gone = introduction.companion
    _told_all(introduction, what, subject, text, by, now, without=gone)
    if gone and is_companion(gone, introduction) and not sides_of(gone, introduction):
        thanks = _("Vous n’accompagnez plus cet échange : vous n’y lisez plus ce qui s’écrit. Merci de votre aide.")
        told(
            introduction,
            [gone],
            what=f"{what}:{PARTED}",
            subject=subject,
            text=f"{_between(introduction)}\n\n{thanks}",
            path=reverse("introductions:mine"),
            action=_("Voir mes mises en relation"),
            but=by,
            now=now,
        )


def reminded(introduction: Introduction, step: Step, closing_on: date, now: datetime) -> None:
    """To those who owe the answer."""
    for side in owing(introduction):
        words = {"name": introduction.name_of(other(side)), "who": _placed(introduction, other(side))}
        words |= {"you": introduction.name_of(side), "closing": in_words(closing_on)}
        words["asked"] = in_words(timezone.localtime(introduction.asked_at).date())
        if introduction.is_by_catalyst:
            said = _("Depuis le %(asked)s, il est proposé à %(you)s d’entrer en relation avec %(who)s.")
        else:
            said = _("%(who)s souhaite entrer en relation avec %(you)s, et attend une réponse depuis le %(asked)s.")
        closing = _("Sans réponse, la demande sera close le %(closing)s, et les deux organisations le sauront.")
        told(
            introduction,
            people_of(introduction, side),
            what=f"{introduction.round}:{step.name}:{side}",
            subject=_("%(name)s attend votre réponse") % words,
            text=f"{said % words}\n{_subject_line(introduction)}\n\n{closing % words}",
            kind=REMINDERS,
            action=_("Répondre"),
            after=_("Un oui, un non ou une question : tout vaut mieux que le silence."),
            now=now,
        )


def warned(introduction: Introduction, people: Iterable[User], now: datetime) -> None:
    """To whoever may help: who asks whom, and not what they wrote."""
    names = {"one": _placed(introduction, Side.ASKER), "other": _placed(introduction, Side.ASKED)}
    names["asked"] = in_words(timezone.localtime(introduction.asked_at).date())
    names["owing"] = ", ".join(introduction.name_of(side) for side in owing(introduction))
    unheard = voiceless.is_unheard(introduction)
    if unheard:
        subject = _("Personne n’agit ici pour %(owing)s")
        said = _("Personne n’agit encore ici pour %(owing)s, et aucun rappel ne peut partir.")
        after = _("Un appel de votre part peut aider : ce que nous savons pour la joindre est sur la page.")
    else:
        subject = _("%(owing)s n’a pas encore répondu")
        said = _("La demande date du %(asked)s, et attend encore une réponse.")
        after = _("Un appel de votre part peut aider : ce que nous savons pour joindre les deux est sur la page.")
    if introduction.is_by_catalyst:
        between = _("Il leur est proposé d’entrer en relation : %(one)s et %(other)s.")
    else:
        between = _("%(one)s souhaite entrer en relation avec %(other)s.")
    told(
        introduction,
        people,
        what=f"{introduction.round}:warning",
        subject=subject % names,
        text=f"{between % names}\n\n{said % names}",
        kind=NOBODY if unheard else WARNINGS,
        action=_("Voir comment aider"),
        after=after,
        now=now,
    )


def closed(introduction: Introduction, now: datetime) -> None:
    if voiceless.was_reminded(introduction):
        why = _("Personne n’a répondu malgré les rappels : la demande est close, pour ne laisser personne attendre.")
    else:
        why = _("Personne n’agissait ici pour y répondre : la demande est close, pour ne laisser personne attendre.")
    again = _("Ce n’est un reproche pour personne. Une nouvelle demande reste possible, par l’une ou par l’autre.")
    subject = _("Demande close, faute de réponse : %s") % introduction.subject
    _told_all(introduction, "closed", subject, f"{why}\n\n{again}", None, now)


def checkup(asked: Checkup, now: datetime) -> None:
    """To those of one side, each with a link of their own."""
    held = asked.introduction
    words = {"name": held.name_of(other(asked.side))}
    words |= {
        "you": held.name_of(asked.side),
        "subject": held.subject,
        "months": str(asked.months),
        "closes": in_words(asked.closes_on),
    }
    text = _(
        "%(you)s et %(name)s ont fait alliance il y a %(months)s mois, sur le sujet : %(subject)s. "
        "Cette alliance vit-elle ? Qu’a-t-elle changé ?\n\n"
        "La réponse peut être changée jusqu’au %(closes)s."
    )
    for user in people_of(held, asked.side):
        tell(
            [user],
            kind=FOLLOW_UP,
            event=f"{held.ref}:follow-up:{asked.months}:{asked.side}",
            subject=_("Deux questions sur votre alliance avec %(name)s") % words,
            text=unlinked(text % words),
            path=follow_up_path(asked, user),
            action=_("Répondre aux deux questions"),
            after=_("Deux questions, une minute, sans vous connecter."),
            origin=_("Mises en relation"),
            now=now,
        )


def _told_all(
    introduction: Introduction,
    what: str,
    subject: str,
    text: str,
    by: User | None,
    now: datetime,
    *,
    without: User | None = None,
) -> None:
    along = [user for user in thirds_along(introduction) if user != without]
    people = [user for side in Side for user in people_of(introduction, side)] + along
    text = f"{_between(introduction)}\n\n{text}"
    told(introduction, people, what=what, subject=subject, text=text, but=by, now=now)
