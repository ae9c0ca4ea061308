"""The two files of a survey, and what they do not say of themselves."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.slugs import slug
from fairealliance.lib.web_address import WebAddress
from fairealliance.observatory import dates
from fairealliance.observatory.enums import ActorKind
from fairealliance.observatory.microdata.publication import About, Files
from fairealliance.observatory.microdata.secrecy import DEFAULT_THRESHOLD

LARGEST = 400 << 20
_LARGEST_CODEBOOK = 5 << 20
LARGEST_SENT = LARGEST + _LARGEST_CODEBOOK + (1 << 20)  # both files and the other fields
_ABOUT = ("title", "actor", "producer", "institute", "commissioner", "started", "ended", "population", "report_url")


class MicrodataForm(forms.Form):
    """`about()` is what goes with the files."""

    microdata = forms.FileField(
        label=gettext_lazy("Réponses de l’enquête"),
        help_text=gettext_lazy(
            "Une ligne par répondant, une colonne pour son poids : CSV, XLSX ou Parquet. "
            "Le fichier sert à calculer les tableaux, puis il est effacé : aucune réponse n’est gardée."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.parquet,.zip"}),
    )
    codebook = forms.FileField(
        label=gettext_lazy("Dictionnaire des colonnes"),
        help_text=gettext_lazy("Ce qu’est chaque colonne et ce que veulent dire ses codes : CSV ou XLSX."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    title = forms.CharField(label=gettext_lazy("Titre de l’étude"), max_length=250)
    actor = forms.ChoiceField(
        label=gettext_lazy("Qui a été interrogé"),
        required=False,
        choices=[("", gettext_lazy("une colonne le dit")), *ActorKind.choices],
    )
    producer = forms.CharField(label=gettext_lazy("Producteur"), required=False, max_length=200)
    institute = forms.CharField(label=gettext_lazy("Institut de sondage"), required=False, max_length=200)
    commissioner = forms.CharField(label=gettext_lazy("Commanditaire"), required=False, max_length=250)
    started = forms.CharField(
        label=gettext_lazy("Début du terrain"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Comme vous le savez : 2026, 11/2026 ou 3 novembre 2026."),
    )
    ended = forms.CharField(label=gettext_lazy("Fin du terrain"), required=False, max_length=30)
    population = forms.CharField(label=gettext_lazy("Population étudiée"), required=False, max_length=300)
    report_url = WebAddress(label=gettext_lazy("Adresse du rapport"), required=False, max_length=500)
    threshold = forms.IntegerField(
        label=gettext_lazy("Seuil de publication"),
        initial=DEFAULT_THRESHOLD,
        min_value=3,
        max_value=1000,
        help_text=gettext_lazy(
            "Un chiffre qui repose sur moins de répondants reste secret, et ceux qui le feraient retrouver aussi."
        ),
    )

    def clean_microdata(self) -> UploadedFile:
        return _not_larger(self.cleaned_data["microdata"], LARGEST)

    def clean_codebook(self) -> UploadedFile:
        return _not_larger(self.cleaned_data["codebook"], _LARGEST_CODEBOOK)

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if not slug(title):
            raise forms.ValidationError(_("Le titre doit contenir des lettres ou des chiffres."))
        return title

    def clean_started(self) -> str:
        return _date(self.cleaned_data["started"])

    def clean_ended(self) -> str:
        return _date(self.cleaned_data["ended"])

    def about(self) -> About:
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in _ABOUT}
        return About(
            slug=slug(self.cleaned_data["title"])[:60].strip("-"), threshold=self.cleaned_data["threshold"], **said
        )

    @contextmanager
    def files_at_hand(self) -> Iterator[Files]:
        """Where the files lie while they are read; what was written for that is gone afterwards, whatever happens."""
        sent = (self.cleaned_data["microdata"], self.cleaned_data["codebook"])
        with ExitStack() as stack:
            microdata, codebook = (stack.enter_context(_lying(file)) for file in sent)
            yield Files(microdata, codebook)


@contextmanager
def _lying(file: UploadedFile) -> Iterator[Path]:
    """Under the name its sender gave it, since messages say it. A large one is on disk already: only named anew."""
    name = Path(file.name or "fichier").name[-100:]
    with TemporaryDirectory(prefix="fairealliance-") as folder:
        path = Path(folder) / name
        if isinstance(file, TemporaryUploadedFile):
            file.flush()
            path.symlink_to(file.temporary_file_path())
        else:
            path.write_bytes(file.read())
        yield path


def _not_larger(file: UploadedFile, most: int) -> UploadedFile:
    if (file.size or 0) > most:
        raise forms.ValidationError(_("Ce fichier est trop grand : %d Mo au plus.") % (most >> 20))
    return file


def _date(raw: str) -> str:
    try:
        return dates.parse(raw)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
