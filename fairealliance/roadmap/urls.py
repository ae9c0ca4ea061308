"""Addresses of the roadmap room: the site's own programme at the short ones, the others under `programmes/`."""

from django.urls import URLPattern, path

from fairealliance.roadmap.views import files, mine, pages, progress

app_name = "roadmap"


def _of_programme(prefix: str) -> list[URLPattern]:
    return [
        path(prefix, pages.index, name="index"),
        path(f"{prefix}mesures/<int:number>/", pages.measure, name="measure"),
        path(f"{prefix}chronologie/", pages.timeline, name="timeline"),
        path(f"{prefix}par-facilitateur/", pages.by_facilitator, name="by-facilitator"),
        path(f"{prefix}par-territoire/", pages.by_territory, name="by-territory"),
        path(f"{prefix}comparer/", pages.compare, name="compare"),
        path(f"{prefix}bilan/", progress.progress, name="progress"),
        path(f"{prefix}bilan.pdf", progress.progress_pdf, name="progress-pdf"),
        path(f"{prefix}bilan.docx", progress.progress_docx, name="progress-docx"),
        path(f"{prefix}bilan/bilan.pdf", progress.progress_pdf, name="progress-pdf-beside"),
        path(f"{prefix}bilan/bilan.docx", progress.progress_docx, name="progress-docx-beside"),
        path(f"{prefix}atom.xml", files.feed, name="feed"),
        path(f"{prefix}export.csv", files.export_csv, name="export-csv"),
        path(f"{prefix}export.xlsx", files.export_xlsx, name="export-xlsx"),
        path(f"{prefix}mes-mesures/", mine.measures, name="my-measures"),
        path(f"{prefix}mes-mesures/<int:number>/bilan/", mine.report, name="my-report"),
    ]


urlpatterns: list[URLPattern] = [
    path("programmes/", pages.programmes, name="programmes"),
    *_of_programme(""),
    *_of_programme("programmes/<slug:programme>/"),
]
