"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "account-renamed": _("compte renommé"),
        "account-invited": _("personne invitée à ouvrir un compte"),
        "mail-link-used": _("lien de connexion utilisé"),
        "account-claimed": _("adresse confirmée par le courriel reçu, anciennes preuves oubliées"),
        "session-ended": _("session fermée"),
        "sessions-ended": _("sessions fermées"),
    }
)
