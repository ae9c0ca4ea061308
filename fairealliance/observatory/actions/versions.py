"""Two people on one page: the second to save is told, and loses nothing."""

from django.utils.translation import gettext as _

from fairealliance.journal.models import Entry


class EditedMeanwhile(ValueError):
    """The thing is no longer as it was when the form was opened. `version` is today's."""

    def __init__(self, subject: str, version: int) -> None:
        last = Entry.objects.filter(subject=subject).select_related("author").order_by("-pk").first()
        who = last.author.label if last else _("Quelqu’un")
        super().__init__(
            _(
                "%s a modifié cette page pendant que vous l’aviez ouverte. "
                "Rien n’est perdu : votre saisie est ci-dessous."
            )
            % who
        )
        self.version = version


def refuse_stale(subject: str, version: int, expected: int | None) -> None:
    if expected is not None and expected != version:
        raise EditedMeanwhile(subject, version)
