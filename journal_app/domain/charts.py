"""Small charts as text: an SVG line chart and a line of block characters. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from journal_app.domain.runcards import number
from journal_app.domain.series import MetricPoint, thin

BLOCKS = "▁▂▃▄▅▆▇█"


def line_chart(
    points: Sequence[MetricPoint],
    *,
    width: int = 320,
    height: int = 96,
    line: str = "#2f6f8f",
    text: str = "#57606a",
    grid: str = "#d0d7de",
    fill: str = "none",
    title: str = "",
    font: str = "sans-serif",
) -> str:
    """An SVG document of `width` x `height` px; '' for fewer than two numbers.

    The labels are the first and the last step and the lowest and the highest value.
    """
    good = [
        (p.step, p.value)
        for p in thin(points)
        if p.value is not None and math.isfinite(p.value) and math.isfinite(p.step)
    ]
    if len(good) < 2:
        return ""
    low_x, high_x = min(x for x, _ in good), max(x for x, _ in good)
    low, high = min(y for _, y in good), max(y for _, y in good)
    size = 10
    labels = [number(high), number(low)]
    left = 6 + round(size * 0.58 * max(len(label) for label in labels))
    top, right, bottom = 6, 6, size + 6
    inner_w, inner_h = max(1, width - left - right), max(1, height - top - bottom)

    def place(x: float, y: float) -> tuple[float, float]:
        # Halves first: a range up to 1.8e308 must not overflow to infinity.
        u = (x / 2 - low_x / 2) / (high_x / 2 - low_x / 2) if high_x > low_x else 0.5
        v = (y / 2 - low / 2) / (high / 2 - low / 2) if high > low else 0.5
        return left + u * inner_w, top + (1 - v) * inner_h

    path = "M" + " L".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in good)
    base = top + inner_h
    name = escape(title or f"{number(good[0][1])} to {number(good[-1][1])}", quote=True)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{name}">',
        f"<title>{name}</title>",
        f'<path d="M{left},{top} H{width - right} M{left},{base} H{width - right}" '
        f'stroke="{escape(grid)}" fill="none"/>',
    ]
    if fill != "none":
        start, end = place(*good[0])[0], place(*good[-1])[0]
        parts.append(
            f'<path d="{path} L{end:.1f},{base} L{start:.1f},{base} Z" fill="{escape(fill)}"/>'
        )
    parts.append(
        f'<path d="{path}" fill="none" stroke="{escape(line)}" stroke-width="1.5" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )
    style = f'font-family="{escape(font)}" font-size="{size}" fill="{escape(text)}"'
    at = left - 4
    upper = top + size - 2
    parts.append(f'<text x="{at}" y="{upper}" text-anchor="end" {style}>{labels[0]}</text>')
    if labels[0] != labels[1]:
        parts.append(f'<text x="{at}" y="{base}" text-anchor="end" {style}>{labels[1]}</text>')
    parts.append(f'<text x="{left}" y="{height - 3}" {style}>{number(low_x)}</text>')
    parts.append(
        f'<text x="{width - right}" y="{height - 3}" text-anchor="end" {style}>'
        f"{number(high_x)}</text></svg>"
    )
    return "".join(parts)


def sparkline(points: Sequence[MetricPoint], width: int = 48) -> str:
    """A line of block characters for the terminal; '' without numbers."""
    values = [p.value for p in points if p.value is not None and math.isfinite(p.value)]
    if not values:
        return ""
    if len(values) > width:
        values = [values[i * (len(values) - 1) // (width - 1)] for i in range(width)]
    low, high = min(values), max(values)
    if high <= low:
        return BLOCKS[3] * len(values)
    span = high / 2 - low / 2
    return "".join(BLOCKS[round((v / 2 - low / 2) / span * 7)] for v in values)
