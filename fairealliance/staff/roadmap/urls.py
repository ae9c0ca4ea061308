"""Addresses of the roadmap at the desk."""

from django.urls import path, re_path

from fairealliance.staff.roadmap import importing, items, parts, people, reports, views

app_name = "staff_roadmap"
_MEASURE = "programmes/<slug:programme>/mesures/<int:number>/"
_SHOWN = r"programmes/(?P<programme>[-\w]+)/(?P<kind>forces|leviers)/(?P<number>[0-9]{1,4})/illustrations/"
urlpatterns = [
    path("", views.home, name="home"),
    path("importer/", importing.import_file, name="import"),
    path("programmes/nouveau/", parts.new_programme, name="new-programme"),
    path("programmes/<slug:programme>/", views.programme, name="programme"),
    path("programmes/<slug:programme>/modifier/", parts.programme, name="edit-programme"),
    path("programmes/<slug:programme>/bilan/", reports.progress, name="progress"),
    path("programmes/<slug:programme>/declarations/nouveau/", items.statement, name="new-statement"),
    path("programmes/<slug:programme>/declarations/<int:pk>/", items.statement, name="statement"),
    path("programmes/<slug:programme>/<slug:kind>/nouveau/", parts.part, name="new-part"),
    path("programmes/<slug:programme>/<slug:kind>/<int:number>/", parts.part, name="part"),
    path("programmes/<slug:programme>/mesures/<int:number>/personnes/", people.people, name="people"),
    path(f"{_MEASURE}facilitateurs/nouveau/", items.facilitator, name="new-facilitator"),
    path(f"{_MEASURE}facilitateurs/<int:pk>/", items.facilitator, name="facilitator"),
    path(f"{_MEASURE}indicateurs/nouveau/", items.indicator, name="new-indicator"),
    path(f"{_MEASURE}indicateurs/<int:pk>/", items.indicator, name="indicator"),
    re_path(rf"^{_SHOWN}nouveau/$", items.illustration, name="new-illustration"),
    re_path(rf"^{_SHOWN}(?P<pk>[0-9]{{1,18}})/$", items.illustration, name="illustration"),
    path("mesures/<int:pk>/bilan/", reports.measure, name="measure-report"),
    path("chantiers/<int:pk>/bilan/", reports.workstream, name="workstream-report"),
    path("brouillons/<int:pk>/", reports.draft, name="draft"),
    path("brouillons/<int:pk>/apercu/", reports.preview, name="preview"),
]
