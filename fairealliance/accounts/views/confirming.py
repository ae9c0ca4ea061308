"""The address of a sign-up, confirmed by the link of its mail.

From the browser that signed up, within a quarter of an hour, it signs in. From any other, whoever reads that mail may
not be who signed up: nothing that was chosen then opens the account, and a password of theirs is asked for.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.views import ConfirmEmailView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fairealliance.accounts import links, mail_link
from fairealliance.accounts.models import User


class ConfirmView(ConfirmEmailView):
    """Opened, nothing is done: scanners of mail open all links."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address: EmailAddress = self.get_object().email_address
        is_strange = _is_strange(request, address.user)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if not is_strange or not EmailAddress.objects.filter(pk=address.pk, verified=True).exists():
            return answer
        user = User.objects.select_for_update().get(pk=address.user_id)
        mail_link.take_over(request, user, asks_password=True)
        return redirect(links.choose_password(user, then=self.get_next_url() or ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        is_strange = bool(self.object) and _is_strange(self.request, self.object.email_address.user)
        return told | {"is_strange": is_strange}


def _is_strange(request: HttpRequest, user: User) -> bool:
    """No address of theirs was ever confirmed, and it is not here that they signed up or tried to sign in, lately
    (ACCOUNT_LOGIN_TIMEOUT).
    """
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        return False
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    return stage is None or stage.login.user is None or stage.login.user.pk != user.pk
