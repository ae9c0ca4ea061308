"""The progress report as DOCX, to be taken up again in a word processor: real styles, headings, table header rows,
contents and page numbers as fields, alternative text on the one picture, language fr-FR throughout."""

import io
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Cm, Pt

from fairealliance.roadmap.progress import mark
from fairealliance.roadmap.progress.content import ReportContent, Titled, Told
from fairealliance.roadmap.progress.ooxml import (
    COLUMNS,
    begin,
    bookmark,
    describe,
    end,
    field,
    fill,
    fill_cell,
    inner_link,
    keep_whole,
    link,
    page,
    repeat,
    shade,
    styles,
    written,
)
from fairealliance.roadmap.progress.pdf import words

# The shapes of results, as signs any font has: filled, ringed, half, empty, none.
_SIGNS = {"exceeded": "◉", "met": "●", "partly": "◐", "not_met": "○", "not_reported": "–"}


def render(report: ReportContent, address: str) -> bytes:
    """The DOCX of `report`. `address`: the page it is also read at."""
    made = _Writer(report, address)
    made.write()
    kept = io.BytesIO()
    made.document.save(kept)
    return kept.getvalue()


class _Writer:
    """One document, from the first page to the last."""

    def __init__(self, report: ReportContent, address: str) -> None:
        self.report, self.address, self.words = report, address, words(report)
        self.document: Any = Document()
        self.titles: list[tuple[int, str, str]] = []
        self.contents: Any = None
        styles(self.document)
        page(self.document)

    def write(self) -> None:
        self._properties()
        self._frame()
        self._cover()
        self._contents()
        self._introduction()
        self._workstreams()
        self._synthesis()
        self._measures()
        self._conditions()
        self._said()
        self._fill_contents()

    def _properties(self) -> None:
        told = self.document.core_properties
        told.title = written(f"{self.report.title}, {self.report.day}")[:250]
        told.subject = written(self.report.programme)[:250]
        told.author = self.words["name"]
        told.language = "fr-FR"
        told.comments = ""
        told.created = told.modified = datetime.fromisoformat(self.report.iso)

    def _frame(self) -> None:
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = written(f"{self.report.title} – {self.words['at']}")
        for footer in (section.footer, section.first_page_footer):
            line = footer.paragraphs[0]
            line.add_run(written(f"{self.words['name']} · "))
            line.add_run(self.address)
            line.add_run(" · ")
            field(line, "PAGE", "1")
            line.add_run(" / ")
            field(line, "NUMPAGES", "1")

    def _cover(self) -> None:
        self._say(self.words["at"].upper(), "Étiquette").paragraph_format.space_before = Pt(90)
        self.document.add_paragraph(written(self.report.title), style="Title")
        self._say(self.report.programme, "Subtitle")
        picture = self.document.add_picture(io.BytesIO(mark.picture()), width=Cm(3.4))
        properties = picture._inline.docPr
        properties.set("descr", _("Trois cercles qui se rencontrent : association, entreprise, collectivité."))
        properties.set("title", self.words["name"])
        self._say(self.words["reported"], "Note")
        if self.words["draft"]:
            self._say(self.words["draft"], "Note")
        if self.report.source:
            line = self._say(f"{self.words['source']} : ", "Note")
            link(line, self.report.source, self.report.source_url)

    def _contents(self) -> None:
        self._say(self.words["contents"], "Sommaire").paragraph_format.page_break_before = True
        self.contents = self.document.add_paragraph(style="Normal")

    def _fill_contents(self) -> None:
        """The titles, as a field that gets its page numbers when a word processor opens the file."""
        last = self.contents
        begin(last, r'TOC \o "1-2" \h \z \u')
        for level, text, name in self.titles:
            line = self.document.add_paragraph(style=f"Sommaire {level}")
            inner_link(line, text, name)
            last._p.addnext(line._p)
            last = line
        end(last)

    def _introduction(self) -> None:
        self._title(self.words["introduction"], 1, new_page=True)
        for text in self.report.introduction:
            self._say(text)
        if not self.report.introduction:
            self._say(self.words["no_introduction"], "Inconnu")
        if self.words["introduction_on"]:
            self._say(self.words["introduction_on"], "Note")

    def _workstreams(self) -> None:
        if not self.report.workstreams:
            return
        self._title(self.words["workstreams"], 1)
        for each in self.report.workstreams:
            self._title(f"{each.number}. {each.title}", 2)
            if each.text:
                self._say(each.text, "Quote")
            self._progress(each)

    def _progress(self, each: Titled) -> None:
        if not each.report:
            self._labelled(self.words["progress"], "")
            return
        corrected = f", {self.words['corrected']} {each.corrected}" if each.corrected else ""
        at = self.words["at_day"].lower()
        self._say(f"{self.words['progress']} · {at} {each.report_on}{corrected}", "Étiquette")
        for text in each.report:
            self._say(text)

    def _synthesis(self) -> None:
        self._title(self.words["synthesis"], 1, new_page=True)
        self._say(self.words["reported"])
        told = " ; ".join(f"{_SIGNS[result]} {count} {label}" for result, count, label in self.report.counts)
        self._labelled(self.words["results"], told)
        self._say(self.words["synthesis_caption"], "Caption")
        table = self.document.add_table(rows=1, cols=5, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, COLUMNS, strict=True):
            column.width = width
        describe(table, self.words["synthesis"], self.words["synthesis_caption"])
        titles = [self.words[name] for name in ("number", "measure", "delay", "facilitators", "result")]
        fill(table.rows[0], titles, bold=True)
        repeat(table.rows[0])
        for family in self.report.families:
            row = table.add_row()
            merged = row.cells[0].merge(row.cells[4])
            told = f"{family.title} · {family.delay}" if family.delay else family.title
            fill_cell(merged, told, bold=True)
            merged.paragraphs[0].paragraph_format.keep_with_next = True
            shade(merged, "EFEAF1")
            keep_whole(row)
            for each in family.measures:
                self._synthesis_row(table.add_row(), each)

    def _synthesis_row(self, row: Any, each: Told) -> None:
        unknown = self.words["unknown"]
        standing = f"{_SIGNS[each.result]} {each.standing}"
        fill(row, [str(each.number), each.title, each.delay or unknown, each.facilitators or unknown, standing])
        keep_whole(row)

    def _measures(self) -> None:
        self._title(self.words["measures"], 1, new_page=True)
        for family in self.report.families:
            self._title(f"{family.title} ({family.delay})" if family.delay else family.title, 2)
            if family.text:
                self._say(family.text, "Quote")
            for each in family.measures:
                self._measure(each)

    def _measure(self, each: Told) -> None:
        self._title(f"{each.number}. {each.title}", 3)
        self._labelled(self.words["result"], f"{_SIGNS[each.result]} {each.standing}")
        for fact in each.facts:
            if fact.told:
                self._labelled(fact.label, "\n".join(fact.told))
        if missing := ", ".join(fact.label for fact in each.facts if not fact.told):
            self._labelled(missing, "")
        for label, told in each.indicators:
            self._labelled(label, told)
        if not each.report:
            self._labelled(self.words["no_report"], "")
            return
        corrected = f", {self.words['corrected']} {each.corrected}" if each.corrected else ""
        self._say(f"{self.words['report']} {each.report_on}{corrected}", "Étiquette")
        for text in each.report:
            self._say(text)
        if each.next_steps:
            self._say(self.words["next"], "Étiquette")
            for text in each.next_steps:
                self._say(text)

    def _conditions(self) -> None:
        if self.report.forces:
            self._title(self.words["forces"], 1)
        for each in self.report.forces:
            self._title(f"{each.number}. {each.title}", 2)
            if each.text:
                self._say(each.text)
            self._say(self.words["illustrations"], "Étiquette")
            for label, url in each.illustrations:
                link(self.document.add_paragraph(style="List Bullet"), label, url)
            if not each.illustrations:
                self._say(self.words["unknown"], "Inconnu")
        if self.report.levers or self.report.unnamed_levers:
            self._title(self.words["levers"], 1)
        for each in self.report.levers:
            self._labelled(f"{each.number}. {each.title}", each.text or " ")
        if self.report.unnamed_levers:
            self._say(self.words["unnamed"], "Inconnu")

    def _said(self) -> None:
        if not self.report.statements:
            return
        self._title(self.words["said"], 1)
        self._say(self.words["said_note"], "Inconnu")
        for title, counted, text, source, url in self.report.statements:
            self._title(title, 2)
            for told in filter(None, (counted, text)):
                self._say(told)
            link(self._say(f"{self.words['source']} : ", "Note"), source, url)

    def _title(self, text: str, level: int, *, new_page: bool = False) -> None:
        heading = self.document.add_heading(written(text), level)
        heading.paragraph_format.page_break_before = new_page
        if level < 3:
            name = f"_Toc{len(self.titles) + 1:04d}"
            bookmark(heading, name, len(self.titles))
            self.titles.append((level, written(text), name))

    def _say(self, text: str, style: str = "Normal") -> Any:
        return self.document.add_paragraph(written(text), style=style)

    def _labelled(self, label: str, told: str) -> None:
        """`Label : what is told`, « non renseigné » when nothing is."""
        line = self.document.add_paragraph(style="Fait")
        line.add_run(written(label) + "\u00a0: ").bold = True
        if told:
            line.add_run(written(told))
        else:
            line.add_run(self.words["unknown"]).italic = True
