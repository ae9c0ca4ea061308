"""What people are told of requests for support and of their profile, through the one dispatcher."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.text_fr import shorten
from fairealliance.mailing import kinds
from fairealliance.mailing.actions import tell
from fairealliance.mailing.kinds import Kind
from fairealliance.network.models import Catalyst, SupportRequest, Turn

SUPPORT = Kind(
    "support-requests",
    gettext_lazy("Demandes d’appui"),
    gettext_lazy("Une demande vous est proposée, ou la vôtre avance."),
)
PROFILE = Kind(
    "catalyst-profile",
    gettext_lazy("Votre profil de catalyseur"),
    gettext_lazy("Le secrétariat s’est prononcé sur votre profil."),
)


def register_all() -> None:
    kinds.register(SUPPORT)
    kinds.register(PROFILE)


def secretariat() -> list[User]:
    return list(User.objects.filter(is_secretariat=True, is_active=True).order_by("pk"))


def offered(turn: Turn, request: SupportRequest) -> None:
    until = in_words(timezone.localtime(request.due_at).date()) if request.due_at else ""
    said = _("Une demande d’appui vous est proposée, à %(where)s :\n\n%(challenge)s") % _facts(request)
    how = _(
        "Acceptez-la, déclinez-la ou transmettez-la avant le %(day)s ; sans réponse, elle ira à une autre personne."
    )
    subject = _("Une demande d’appui à %(where)s") % _facts(request)
    _tell(turn.catalyst.user, request, f"offered:{turn.pk}", subject, said, how % {"day": until})


def accepted(request: SupportRequest, catalyst: Catalyst) -> None:
    said = _("%(who)s accepte de vous aider, à %(where)s.") % {**_facts(request), "who": catalyst.name}
    how = _("Vous trouverez son adresse sur la page de votre demande.")
    _tell(request.asked_by, request, f"accepted:{catalyst.pk}", _("Votre demande d’appui est acceptée"), said, how)


def moved(request: SupportRequest, turn: Turn) -> None:
    """It goes to the next; who and why stays between them."""
    said = _("Votre demande d’appui à %(where)s est proposée à une autre personne, qui couvre aussi la commune.")
    _tell(request.asked_by, request, f"moved:{turn.pk}", _("Votre demande d’appui avance"), said % _facts(request))


def at_desk(request: SupportRequest, turns: int) -> None:
    """Nobody covers, or nobody is left: the secretariat has it."""
    why = _("Personne ne couvre cette commune.") if request.is_blank else _("Personne ne l’a prise.")
    said = _("Une demande d’appui à %(where)s attend le secrétariat :\n\n%(challenge)s") % _facts(request)
    path = reverse("staff_network:request", args=[request.pk])
    subject = _("Demande d’appui à reprendre, à %(where)s") % _facts(request)
    text = f"{said}\n\n{why}"
    event = f"{request.ref}:desk:{turns}"
    tell(secretariat(), kind=SUPPORT.slug, event=event, subject=subject, text=text, path=path)


def to_desk(request: SupportRequest, turns: int) -> None:
    """The asker of one that was offered, and that nobody took."""
    said = _("Personne n’a pu prendre votre demande d’appui à %(where)s : le secrétariat la reprend et vous répond.")
    _tell(request.asked_by, request, f"to-desk:{turns}", _("Votre demande d’appui avance"), said % _facts(request))


def ended(request: SupportRequest) -> None:
    said = _("Votre demande d’appui à %(where)s est terminée. Ce qui en est dit :\n\n%(outcome)s")
    facts = {**_facts(request), "outcome": request.outcome or _("rien de plus")}
    _tell(request.asked_by, request, "ended", _("Votre demande d’appui est terminée"), said % facts)


def withdrawn(request: SupportRequest, people: Iterable[User]) -> None:
    said = _("La demande d’appui à %(where)s est retirée : il n’y a plus rien à faire.") % _facts(request)
    for user in people:
        _tell(user, request, "withdrawn", _("Une demande d’appui est retirée"), said)


def judged(catalyst: Catalyst, *, accepted: bool) -> None:
    assert catalyst.decided_at is not None
    if accepted:
        subject = _("Votre profil de catalyseur est accepté")
        said = _("Il est au répertoire, et les demandes d’appui des communes que vous couvrez viennent à vous.")
    else:
        subject = _("Votre profil de catalyseur n’est pas retenu")
        said = _("Voici pourquoi :\n\n%s\n\nVous pouvez le revoir et l’envoyer de nouveau.") % catalyst.reason
    event = f"{catalyst.ref}:judged:{catalyst.decided_at.isoformat()}"
    path = reverse("my_network:profile")
    tell([catalyst.user], kind=PROFILE.slug, event=event, subject=subject, text=said, path=path)


def proposed(catalyst: Catalyst) -> None:
    said = _("%s propose son profil de catalyseur.") % catalyst.name
    tell(
        secretariat(),
        kind=PROFILE.slug,
        event=f"{catalyst.ref}:proposed:{catalyst.proposed_at.isoformat()}",
        subject=_("Un profil de catalyseur à examiner"),
        text=said,
        path=reverse("staff_network:catalyst", args=[catalyst.pk]),
    )


def _facts(request: SupportRequest) -> dict[str, str]:
    return {"where": request.commune.name, "challenge": shorten(request.challenge, 400)}


def _tell(user: User | None, request: SupportRequest, what: str, subject: str, *parts: str) -> None:
    if user is None:
        return
    text, event = "\n\n".join(parts), f"{request.ref}:{what}"
    path = request.get_absolute_url()
    tell([user], kind=SUPPORT.slug, event=event, subject=subject, text=text, path=path)
