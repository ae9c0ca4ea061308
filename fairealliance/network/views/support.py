"""Requests for support: asked, read, answered."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts.actors import who
from fairealliance.lib.french_numbers import small_whole
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import without_controls
from fairealliance.network import actions, choosing
from fairealliance.network.actions.answering import turn_of
from fairealliance.network.actions.asking import Asked
from fairealliance.network.enums import Status
from fairealliance.network.forms import AskForm, HandOnForm, WordsForm
from fairealliance.network.life import Verb, can
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.network.permissions import can_accept, can_end, holds, is_mediator, require
from fairealliance.network.views.profile import organisations_of
from fairealliance.network.words import SECTORS, TRADES, nobody_covers, sector_read, standing
from fairealliance.organisations.members.views.shared import sent
from fairealliance.provenance.pages import page_of
from fairealliance.territories.words import within

NAMED_AT_MOST = 30
# Of the form's fields, the parameter that fills each.
_FROM = {"commune": "ou", "challenge": "defi", "sector": "secteur", "trade": "metier"}


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked and what one was asked, latest first, by page."""
    user = who(request)
    found = SupportRequest.objects.with_a_part_of(user).for_lists().order_by("-moved_at", "-pk")
    page = page_of(request, found)
    turns = Turn.objects.filter(catalyst__user=user, request__in=[each.pk for each in page])
    own = dict(turns.values_list("request", "answer"))
    for each in page:
        each.standing = standing(own.get(each.pk), each.status)
    context = {
        "page": page,
        "catalyst": Catalyst.objects.with_workload().filter(user=user).first(),
        "mediates": is_mediator(user),
        "user": user,
    }
    return render(request, "network/requests.html", context)


@login_required
@require_safe
def mediated(request: HttpRequest) -> HttpResponse:
    """Those of the départements where one mediates for the State, to read; latest first, by page."""
    user = who(request)
    require(is_mediator(user), _("Réservé aux médiateurs de l’État."))
    found = SupportRequest.objects.mediated_by(user).for_lists().order_by("-moved_at", "-pk")
    places = list(
        user.mediations.order_by("territory__slug", "territory__name").values_list("territory__name", flat=True)
    )
    return render(request, "network/mediated.html", {"page": page_of(request, found), "places": places})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """One page. Where nobody covers the commune, it is said at once."""
    user = who(request)
    start = {name: request.GET.get(parameter, "")[:2_000] for name, parameter in _FROM.items()}
    wanted = _wanted(request)
    form = AskForm(sent(request), organisations=organisations_of(user), wanted=wanted, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        told["sector"] = told["sector"] or sector_read(told["challenge"])
        key = without_controls(request.POST.get("cle", "")) or get_random_string(16)
        try:
            held = actions.ask(by=user, asked=Asked(**told), page_key=key)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            _tell(request, held, wanted)
            return redirect("my_network:request", held.pk)
    context = {"form": form, "key": request.POST.get("cle", "")[:60] or get_random_string(16)}
    return render(request, "network/ask.html", context, status=422 if form.errors else 200)


def _wanted(request: HttpRequest) -> Catalyst | None:
    """Whose page one came from; nobody once they have left the directory, of another world, or oneself."""
    user = who(request)
    here = Catalyst.objects.active().of_world(is_demo=user.is_demo).exclude(user=user)
    return here.filter(pk=small_whole(request.GET.get("a", ""))).first()


def _tell(request: HttpRequest, held: SupportRequest, wanted: Catalyst | None) -> None:
    """Who was not asked for by name is named once they accept."""
    if wanted is None and request.POST.get("wanted"):
        said = _("La personne choisie n’est plus au répertoire : votre demande est allée à qui peut le mieux.")
    elif wanted is not None and held.catalyst == wanted:
        said = _("Votre demande est partie : %(name)s la lit en premier. Vous serez averti de la réponse par courriel.")
        said %= {"name": wanted.name}
    elif held.is_blank:
        said = nobody_covers(held.sector) + " " + _("Le secrétariat reçoit votre demande et vous répond.")
    elif held.status == Status.DESK:
        said = _("Les catalyseurs qui couvrent la commune n’ont pas de place : le secrétariat reçoit votre demande.")
    else:
        said = _("Votre demande est partie. Vous serez averti de la réponse par courriel.")
    messages.success(request, said)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _readable(request, pk))


def _readable(request: HttpRequest, pk: int) -> SupportRequest:
    """To the others, it does not exist."""
    return get_object_or_404(SupportRequest.objects.readable_by(who(request)).for_lists(), pk=pk)


def _page(request: HttpRequest, held: SupportRequest, status: int = 200, words: str = "") -> HttpResponse:
    user, turn = who(request), turn_of(held, who(request))
    is_holder = holds(user, held)
    context = {
        "support": held,
        "where": within(held.commune),
        "nobody": nobody_covers(held.sector),
        "sector": SECTORS.get(held.sector, ""),
        "trade": TRADES.get(held.trade, ""),
        "is_asker": held.asked_by_id == user.pk,
        "is_holder": is_holder,
        "only_reads": not (is_holder or turn or held.asked_by_id == user.pk),
        "standing": standing(turn.answer, held.status) if turn else "",
        "may_accept": can_accept(turn, held),
        "may_decline": is_holder and held.status == Status.OFFERED,
        "may_end": can_end(user, held) and can(Verb.END, held.status),
        "may_withdraw": held.asked_by_id == user.pk and can(Verb.WITHDRAW, held.status),
        "hand_on": _hand_on(held, None) if is_holder and can(Verb.OFFER, held.status) else None,
        "words": WordsForm(initial={"words": words}),
        "reasons": held.turns.exclude(reason="").select_related("catalyst") if is_holder else (),
    }
    return render(request, "network/request.html", context, status=status)


def _hand_on(held: SupportRequest, data: object) -> HandOnForm:
    asked = {*held.turns.values_list("catalyst", flat=True)}
    asked |= {*Catalyst.objects.filter(user=held.asked_by_id).values_list("pk", flat=True)}
    people = choosing.in_order(held.commune, but=asked, is_demo=held.is_demo)[:NAMED_AT_MOST]
    return HandOnForm(data, people=people)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of ACTS; what is not understood leaves everything as it was."""
    if act not in _ACTS:
        raise Http404
    held = _readable(request, pk)
    try:
        said = _ACTS[act](request, held)
    except PermissionDenied:
        raise Http404 from None
    except NotAllowed as error:
        messages.error(request, str(error))
        return _page(request, _readable(request, pk), status=409, words=request.POST.get("words", "")[:1_500])
    messages.success(request, said)
    return redirect("my_network:request", pk)


def _words(request: HttpRequest) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Dites-le en quelques mots (1 500 signes au plus)."))
    return str(form.cleaned_data["words"])


def _accept(request: HttpRequest, held: SupportRequest) -> str:
    actions.accept(by=who(request), request=held)
    return _("C’est à vous. L’adresse de la personne est sur cette page.")


def _decline(request: HttpRequest, held: SupportRequest) -> str:
    actions.decline(by=who(request), request=held, reason=_words(request))
    return _("C’est noté : la demande va à la personne suivante.")


def _pass(request: HttpRequest, held: SupportRequest) -> str:
    form = _hand_on(held, request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Choisissez à qui dans la liste, et dites pourquoi en quelques mots."))
    told = form.cleaned_data
    actions.hand_on(by=who(request), request=held, reason=told["words"], to=told["to"])
    return _("C’est transmis.")


def _end(request: HttpRequest, held: SupportRequest) -> str:
    actions.end(by=who(request), request=held, outcome=_words(request))
    return _("C’est terminé. Merci !")


def _withdraw(request: HttpRequest, held: SupportRequest) -> str:
    actions.withdraw(by=who(request), request=held)
    return _("Votre demande est retirée.")


_ACTS: dict[str, Callable[[HttpRequest, SupportRequest], str]] = {
    "accepter": _accept,
    "decliner": _decline,
    "transmettre": _pass,
    "terminer": _end,
    "retirer": _withdraw,
}
