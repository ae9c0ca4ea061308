"""In by the code of a mail: allauth's page, for an account that nobody entered since it was asked."""

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from fairealliance.accounts import mail_link
from fairealliance.accounts.forms import ConfirmLoginCodeForm


class ConfirmCode(ConfirmLoginCodeView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Also called when another mail is asked for, with a form that holds no code."""
        process = self._process
        if process.user and process.user.last_login and process.user.last_login.timestamp() > process.state["at"]:
            process.abort()
            get_adapter().add_message(self.request, messages.ERROR, message=get_adapter().error_messages["dead_code"])
            return redirect("account_request_login_code")
        if isinstance(form, ConfirmLoginCodeForm):
            mail_link.claim(self.request, process.user, process.state["email"])
        answer: HttpResponse = super().form_valid(form)
        return answer


enter = ConfirmCode.as_view()
