"""One's account: everything that can be changed, on one page."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts import actions
from fairealliance.accounts.forms import NameForm
from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import PROOFS


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = NameForm(request.POST or None, instance=User(pk=user.pk, name=user.name, email=user.email))
    if request.method == "POST" and form.is_valid():
        actions.rename(by=user, name=form.cleaned_data["name"])
        messages.success(request, _("Votre nom est enregistré."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "waiting_address": EmailAddress.objects.get_new(user),
        "proofs": Authenticator.objects.filter(user=user, type__in=PROOFS).count(),
        "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        "sessions": UserSession.objects.filter(user=user).count(),
    }
    return render(request, "accounts/account.html", context)
