"""Colours of a map that leaves our pages. On them, the same roles come from `components/atlas/atlas.css`."""

TONES = ("#e3cfe7", "#d0b1d7", "#b78fc2", "#9a6ca8", "#7c4d8d", "#5d3271", "#3c1b4f")
PAPER, INK, MUTED, LINE, HAIR = "#fbf8f3", "#1d2433", "#56607a", "#8a8577", "#dcd5c7"

STYLE = (
    "text{font-family:'Liberation Sans',Arial,Helvetica,sans-serif;fill:" + INK + "}"
    ".small{fill:" + MUTED + "}"
    ".frame{fill:none;stroke:"
    + HAIR
    + ";stroke-width:2}"
    + "".join(f".r{i}{{--c:{tone};fill:{tone}}}.p.r{i},.q.r{i}{{stroke:{tone}}}" for i, tone in enumerate(TONES, 1))
    + f".k{{stroke:{PAPER};stroke-width:1.2;stroke-linejoin:round}}"
    ".p,.q{fill:none;stroke-width:6;stroke-linecap:round}.q{stroke-width:5}"
    f".base{{fill:#f3ede2;stroke:{LINE};stroke-width:1}}.p.base{{fill:none;stroke:{HAIR};stroke-width:6}}"
    f".c{{stroke:{PAPER};stroke-width:1.5;fill-opacity:.85}}"
    f".k.missing{{fill:url(#atlas-missing);stroke:{LINE};stroke-width:1}}.p.missing,.q.missing{{stroke:{LINE};stroke-width:7;stroke-linecap:butt}}"
    f".k.secret{{fill:url(#atlas-secret);stroke:{LINE};stroke-width:1}}.p.secret,.q.secret{{stroke:{LINE};stroke-width:2.4}}"
    f".k.none{{fill:{PAPER};stroke:{LINE};stroke-width:1}}.p.none,.q.none{{stroke:{HAIR};stroke-width:2}}"
    f".hatch{{stroke:{LINE};stroke-width:1.6}}.point{{fill:{LINE}}}"
    f".own{{fill:none;stroke:{INK};stroke-width:5;stroke-linejoin:round}}"
    f".alike{{fill:none;stroke:{INK};stroke-width:3;stroke-dasharray:5 4}}"
)
CLOUD_STYLE = (
    f"text{{font:15px 'Liberation Sans',Arial,Helvetica,sans-serif;fill:{INK}}}"
    f".small{{fill:{MUTED};font-size:13px}}.axis{{font-weight:700}}"
    f".line{{stroke:{HAIR};stroke-width:1;fill:none}}"
    f".crowd{{stroke:{MUTED};stroke-width:2.6;stroke-linecap:round;fill:none;stroke-opacity:.55}}"
    f".one{{fill:{MUTED};fill-opacity:.55}}"
    f".alike{{fill:{PAPER};stroke:{TONES[5]};stroke-width:2.5}}"
    f".own{{fill:{TONES[5]};stroke:{PAPER};stroke-width:2}}"
    f".own-name{{font-size:17px;font-weight:700;paint-order:stroke;stroke:{PAPER};stroke-width:4px}}"
)
