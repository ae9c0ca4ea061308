"""Who mediates for the State, and where: given and taken back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fairealliance.accounts.models import User
from fairealliance.network import actions
from fairealliance.network.models import Mediator
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


class GiveForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Courriel de son compte"), max_length=254)
    territory = forms.ModelChoiceField(
        Territory.objects.filter(level=Level.DEPARTEMENT).order_by("code"), label=gettext_lazy("Département")
    )

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Aucun compte n’a cette adresse : la personne doit d’abord s’inscrire."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    form = GiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.give_mediation(by=actor(request), user=told["email"], territory=told["territory"])
        messages.success(request, _("C’est noté."))
        return redirect("staff_network:mediators")
    found = Mediator.objects.select_related("user", "territory").order_by("territory__code", "pk")
    context = {"form": form, "page": page_of(request, found)}
    return render(request, "staff/network/mediators.html", context, status=422 if form.errors else 200)


@require_POST
@editor_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Mediator.objects.select_related("territory"), pk=pk)
    actions.take_back_mediation(by=actor(request), mediator=held)
    messages.success(request, _("C’est retiré."))
    return redirect("staff_network:mediators")
