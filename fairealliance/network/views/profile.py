"""One's own profile of a catalyst: written, listed or not, removed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fairealliance.accounts.actors import who
from fairealliance.accounts.models import User
from fairealliance.lib.text_fr import fold
from fairealliance.network import actions
from fairealliance.network.actions import Stale
from fairealliance.network.forms import ProfileForm, initial_of
from fairealliance.network.models import Catalyst, Invited
from fairealliance.organisations.members.views.shared import sent
from fairealliance.organisations.models import Organisation


def organisations_of(user: User) -> list[Organisation]:
    return list(Organisation.objects.filter(members__user=user).order_by("slug", "name", "pk"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One page: where it stands, then the form. What was typed stays in the boxes when something is wrong."""
    user = who(request)
    held = Catalyst.objects.filter(user=user).prefetch_related("marks", "territories").first()
    form = ProfileForm(
        sent(request),
        organisations=organisations_of(user),
        territories=sorted(held.territories.all(), key=lambda each: fold(each.name)) if held else [],
        first=held is None,
        initial=initial_of(held, user.name),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(by=user, said=form.cleaned_data, version=form.cleaned_data["version"])
        except Stale as error:
            form.add_error(None, str(error))
            form.data = again = request.POST.copy()
            again["version"] = str(held.version if held else 0)
        else:
            messages.success(request, _saved(saved, is_first=held is None))
            return redirect("my_network:profile")
    invited = held is None and Invited.objects.filter(user=user).exists()
    context = {"form": form, "catalyst": held, "invited": invited}
    return render(request, "network/profile.html", context, status=422 if form.errors else 200)


def _saved(saved: Catalyst, *, is_first: bool) -> str:
    if is_first and saved.is_active:
        return _("C’est publié : votre profil est au répertoire.")
    if is_first:
        return _("C’est envoyé. Le secrétariat lit votre profil, et vous répond par courriel.")
    return _("C’est enregistré, et visible.") if saved.is_active else _("C’est enregistré.")


@login_required
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Given or withdrawn, at once."""
    if not Catalyst.objects.filter(user=who(request)).exists():
        return redirect("my_network:profile")
    if request.POST.get("accord") == "donner":
        actions.consent(by=who(request))
        messages.success(request, _("Votre accord est noté."))
    else:
        actions.withdraw_consent(by=who(request))
        messages.success(request, _("C’est retiré : votre profil n’est plus visible nulle part."))
        support = _("Les demandes d’appui que vous avez acceptées restent à vous ; les autres vont à d’autres.")
        threads = _("Les échanges que vous avez proposés, ou que vous accompagnez, ne vous sont plus ouverts.")
        messages.info(request, f"{support} {threads}")
    return redirect("my_network:profile")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest) -> HttpResponse:
    held = Catalyst.objects.filter(user=who(request)).first()
    if held is None:
        return redirect("my_network:profile")
    if request.method != "POST":
        return render(request, "network/remove.html", {"catalyst": held})
    actions.remove(by=who(request), owner=who(request))
    messages.success(request, _("Votre profil de catalyseur est supprimé."))
    return redirect("accounts:space")
