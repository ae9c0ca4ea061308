"""Addresses of the observatory room. Those of series are permanent."""

from django.urls import path, re_path

from fairealliance.observatory import feeds, files, views

app_name = "observatory"
urlpatterns = [
    path("", views.index, name="index"),
    path("atom.xml", feeds.feed, name="feed"),
    path("etudes/", views.studies, name="studies"),
    path("etudes/<slug:slug>/", views.study, name="study"),
    path("etudes/<slug:slug>/<slug:code>/", views.question, name="question"),
    re_path(
        r"^etudes/(?P<slug>[-\w]+)/(?P<code>[-\w]+)\.(?P<extension>svg|png)$", files.question_file, name="question-file"
    ),
    re_path(r"^etudes\.(?P<extension>csv|xlsx)$", files.studies_file, name="studies-file"),
    re_path(r"^etudes/(?P<slug>[-\w]+)\.(?P<extension>csv|xlsx)$", files.study_file, name="study-file"),
    path("modele.xlsx", files.template_file, name="template"),
    path("series/", views.series_index, name="series-index"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("series/<slug:slug>/integrer/", views.embed, name="embed"),
    re_path(r"^series/(?P<slug>[-\w]+)\.(?P<extension>svg|png|csv|json|xlsx)$", files.series_file, name="series-file"),
]
