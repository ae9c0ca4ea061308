"""What python-docx has no word for: styles in French, fields, bookmarks, links, rows that repeat, alternative texts."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from fairealliance.lib.documents import clean
from fairealliance.lib.text_fr import without_controls

PLUM, SOFT = RGBColor(0x4A, 0x21, 0x59), RGBColor(0x52, 0x52, 0x52)
SANS, SERIF = "Calibri", "Cambria"
COLUMNS = (Cm(1.1), Cm(7.0), Cm(2.2), Cm(3.2), Cm(3.1))


def written(text: str) -> str:
    return str(clean(without_controls(text)))


def styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = SANS, Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.12
    french(styles)
    for level, points in ((1, 19), (2, 14), (3, 12)):
        style = styles[f"Heading {level}"]
        face(style, SERIF, points, PLUM if level == 2 else RGBColor(0, 0, 0), bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(22 - 3 * level), Pt(6)
        style.paragraph_format.keep_with_next = True
    face(styles["Title"], SERIF, 30, RGBColor(0, 0, 0), bold=True)
    without_border(styles["Title"])
    face(styles["Subtitle"], SERIF, 14, SOFT)
    face(styles["Quote"], SERIF, 11, SOFT, italic=True)
    face(styles["Caption"], SANS, 9.5, SOFT)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, color, bold, italic in (
        ("Étiquette", 10, PLUM, True, False),
        ("Inconnu", 11, SOFT, False, True),
        ("Note", 9.5, SOFT, False, False),
        ("Fait", 11, RGBColor(0, 0, 0), False, False),
        ("Sommaire", 19, RGBColor(0, 0, 0), True, False),
        ("Sommaire 1", 11, RGBColor(0, 0, 0), True, False),
        ("Sommaire 2", 10.5, RGBColor(0, 0, 0), False, False),
    ):
        style = styles.add_style(name, 1)
        style.base_style = normal
        face(style, SERIF if name == "Sommaire" else SANS, size, color, bold=bold, italic=italic)
        style.paragraph_format.space_after = Pt(3 if name in ("Étiquette", "Fait") else 7)
        style.paragraph_format.keep_with_next = name == "Étiquette"
        if name == "Sommaire 2":
            style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.6), Pt(2)
    for name in ("Header", "Footer"):
        face(styles[name], SANS, 8.5, SOFT)


def face(style: Any, font: str, size: float, color: RGBColor, *, bold: bool = False, italic: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, italic
    style.font.color.rgb = color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # the theme would win over the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), font)


def without_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def french(styles: Any) -> None:
    """The language of the document's defaults: hyphenation and screen readers go by it."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "fr-FR")
    language.set(qn("w:eastAsia"), "fr-FR")


def page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.3)
    update = OxmlElement("w:updateFields")  # the contents get their page numbers when Word opens the file
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)


def field(line: Any, instruction: str, shown: str) -> None:
    begin(line, instruction)
    line.add_run(written(shown))
    end(line)


def begin(line: Any, instruction: str) -> None:
    character(line, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = instruction
    line.add_run()._r.append(code)
    character(line, "separate")


def end(line: Any) -> None:
    character(line, "end")


def character(line: Any, kind: str) -> None:
    """One of the three signs that part a field."""
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(sign)


def bookmark(line: Any, name: str, number: int) -> None:
    """Around a title, for the contents to lead there."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for node in (start, end):
        node.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    line._p.insert(1, start)
    line._p.append(end)


def inner_link(line: Any, text: str, name: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.append(line.add_run(text)._r)
    line._p.append(link)


def link(line: Any, text: str, url: str) -> None:
    """A link, or plain words when there is no address."""
    if not url.startswith(("http://", "https://")):
        line.add_run(written(text))
        return
    relation = line.part.relate_to(
        url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = line.add_run(written(text))
    run.font.underline = True
    run.font.color.rgb = PLUM
    link.append(run._r)
    line._p.append(link)


def fill(row: Any, texts: list[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, COLUMNS, strict=True):
        cell.width = width
        fill_cell(cell, text, bold=bold)


def fill_cell(cell: Any, text: str, *, bold: bool = False) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(2)
    run = line.add_run(written(text))
    run.font.size, run.bold = Pt(9.5), bold


def repeat(row: Any) -> None:
    """A header row: repeated on each page, and told as such to screen readers."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shade(cell, "E3DAE6")


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, color: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), color)
    cell._tc.get_or_add_tcPr().append(shade)


def describe(table: Any, title: str, text: str) -> None:
    """Alternative text of a table."""
    properties = table._tbl.tblPr
    for name, told in (("w:tblCaption", title), ("w:tblDescription", text)):
        node = OxmlElement(name)
        node.set(qn("w:val"), written(told))
        properties.append(node)
