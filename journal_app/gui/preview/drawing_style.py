"""What Mermaid is told: the window's colours and type, and what no drawing may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme

LONGEST = 20_000  # characters of a drawing
EDGES = 500
TYPE_PX = 14
# A drawing may set its own options (`%%{init: …}%%`), but none of these, at any depth.
FIXED = (
    "secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering",
    "htmlLabels", "theme", "themeCSS", "themeVariables", "darkMode", "fontFamily", "altFontFamily",
    "dompurifyConfig", "deterministicIds", "logLevel", "legacyMathML", "forceLegacyMathML",
)  # fmt: skip


def config(theme: Theme, family: str) -> dict[str, Any]:
    """Mermaid's settings for a theme and a family of type."""

    def ink(token: str) -> str:
        return theme.color(token).name()

    tones = ("info", "accent", "pass", "stale", "fail", "muted")
    return {
        "startOnLoad": False,
        "securityLevel": "strict",
        "suppressErrorRendering": True,
        "htmlLabels": False,
        "flowchart": {"htmlLabels": False},
        "class": {"htmlLabels": False},
        "sequence": {f"{part}FontSize": TYPE_PX for part in ("actor", "message", "note")},
        "maxTextSize": LONGEST,
        "maxEdges": EDGES,
        "deterministicIds": True,
        "secure": list(FIXED),
        "fontFamily": f'"{family}", sans-serif',
        "theme": "base",
        "themeVariables": {
            "darkMode": theme.color("surface").lightnessF() < 0.5,
            "fontFamily": f'"{family}", sans-serif',
            "fontSize": f"{TYPE_PX}px",
            "background": ink("surface"),
            "primaryColor": ink("info-soft"),
            "primaryBorderColor": ink("info"),
            "primaryTextColor": ink("text"),
            "secondaryColor": ink("accent-soft"),
            "secondaryBorderColor": ink("accent"),
            "secondaryTextColor": ink("text"),
            "tertiaryColor": ink("sunk"),
            "tertiaryBorderColor": ink("edge"),
            "tertiaryTextColor": ink("text"),
            "lineColor": ink("muted"),
            "textColor": ink("text"),
            "titleColor": ink("text"),
            "nodeTextColor": ink("text"),
            "edgeLabelBackground": ink("surface"),
            "clusterBkg": ink("sunk"),
            "clusterBorder": ink("edge"),
            "noteBkgColor": ink("stale-soft"),
            "noteBorderColor": ink("stale"),
            "noteTextColor": ink("text"),
            "errorBkgColor": ink("fail-soft"),
            "errorTextColor": ink("text"),
            "gridColor": ink("line"),
            "todayLineColor": ink("accent"),
            "taskTextColor": ink("text"),
            "taskTextDarkColor": ink("text"),
            "taskTextOutsideColor": ink("text"),
            "pieTitleTextColor": ink("text"),
            "pieSectionTextColor": ink("surface"),
            "pieLegendTextColor": ink("text"),
            "pieStrokeColor": ink("surface"),
            "pieOuterStrokeColor": ink("line"),
            "pieOpacity": "1",
            **{f"pie{n}": ink(tones[(n - 1) % len(tones)]) for n in range(1, 13)},
        },
    }
