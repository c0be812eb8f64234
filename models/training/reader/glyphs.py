"""Plate glyphs drawn from strokes: our own outlines, no font file.

A glyph is a list of strokes in a box of height 1 and width `w`; a stroke is a polyline along its
centre line. A `Style` bends them: stroke weight, corner radius, terminals, variants of single
glyphs. Proportions start from the law's (character 63 x 38 mm, stroke 10; motorcycle 55 x 22, 7).
"""
from dataclasses import dataclass

import cv2
import numpy as np

GLYPH_H = 96
OVERSAMPLE = 3
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"


@dataclass
class Style:
    """How one plate maker cut the characters; lengths as shares of the glyph height."""

    width: float
    stroke: float
    round_x: float
    round_y: float
    waist: float
    flag: float
    four: int
    seven: int
    six: int
    three: int
    flat_caps: bool
    middle: float
    base_one: bool


def random_style(rng):
    """Draw a style; most stay near the law's drawing, some wander to older and home-made faces."""
    wild = rng.random() < 0.25
    width = rng.uniform(0.36, 0.66) if wild else rng.choice([rng.uniform(0.38, 0.50), rng.uniform(0.50, 0.62)])
    return Style(
        width=width,
        stroke=rng.uniform(0.085, 0.19) if wild else rng.uniform(0.11, 0.165),
        round_x=rng.uniform(0.55, 1.0),
        round_y=rng.uniform(0.5, 1.1),
        waist=rng.uniform(0.44, 0.53),
        flag=rng.uniform(0.10, 0.26),
        four=int(rng.integers(0, 3)),
        seven=int(rng.integers(0, 2)),
        six=int(rng.integers(0, 3)),
        three=int(rng.random() < 0.12),
        flat_caps=bool(rng.random() < 0.7),
        middle=rng.uniform(0.4, 0.95),
        base_one=bool(rng.random() < 0.06),
    )


def arc(cx, cy, rx, ry, a0, a1, n=14):
    """Points of an elliptic arc; degrees, 0 = right, 90 = down."""
    a = np.deg2rad(np.linspace(a0, a1, n))
    return [(cx + rx * np.cos(t), cy + ry * np.sin(t)) for t in a]


def bezier(p0, p1, p2, n=14):
    """Points of a quadratic curve."""
    t = np.linspace(0, 1, n)[:, None]
    p0, p1, p2 = map(np.array, (p0, p1, p2))
    return [tuple(q) for q in (1 - t) ** 2 * p0 + 2 * t * (1 - t) * p1 + t**2 * p2]


def ring(l, t, r, b, rx, ry):
    """Closed rounded rectangle."""
    rx, ry = min(rx, (r - l) / 2), min(ry, (b - t) / 2)
    p = arc(r - rx, t + ry, rx, ry, -90, 0) + arc(r - rx, b - ry, rx, ry, 0, 90)
    p += arc(l + rx, b - ry, rx, ry, 90, 180) + arc(l + rx, t + ry, rx, ry, 180, 270)
    return p + [p[0]]


def strokes(c, s):
    """Glyph `c` in style `s` -> (width, strokes). Points may leave the box: it is clipped, which cuts ends flat."""
    w, h = s.width, s.stroke / 2
    l, r, t, b = h, w - h, h, 1 - h
    cx, bowl = w / 2, (w - 2 * h) / 2
    rx, ry = bowl * s.round_x, bowl * s.round_y
    m = s.waist
    far = 0.06
    right_bowl = lambda top, bottom: (
        [(l, top)] + arc(r - rx, top + min(ry, (bottom - top) / 2), rx, min(ry, (bottom - top) / 2), -90, 0)
        + arc(r - rx, bottom - min(ry, (bottom - top) / 2), rx, min(ry, (bottom - top) / 2), 0, 90) + [(l, bottom)])
    hook = 0.11
    if c == "0" or c == "O":
        return w, [ring(l, t, r, b, rx, ry)]
    if c == "1":
        w1 = max(s.stroke * 1.7, w * 0.52)
        x = w1 - h if not s.base_one else w1 / 2
        out = [[(x, -far), (x, 1 + far)], bezier((x, t), (x - (w1 - s.stroke) * 0.4, t + s.flag * 0.75), (-far, t + s.flag))]
        return w1, out + ([[(0, b), (w1, b)]] if s.base_one else [])
    if c == "2":
        knee = t + max(ry, 0.2)
        top = arc(cx, knee, bowl, knee - t, 185 if s.flat_caps else 200, 360)
        return w, [top + bezier((r, knee), (r, knee + 0.18), (cx * 0.9, 0.66)) + [(l, b)], [(l, b), (w + far, b)]]
    if c == "3":
        low = arc(cx, (m + b) / 2, bowl, (b - m) / 2, -90, 165)
        if s.three:
            return w, [[(-far, t), (r, t), (cx, m)], [(cx, m)] + low]
        return w, [arc(cx, (t + m) / 2, bowl, (m - t) / 2, 195, 450) + [(cx * 0.75, m)], [(cx * 0.75, m)] + low]
    if c == "4":
        bar = 0.70 if s.four != 2 else 0.66
        x = w * 0.74
        if s.four == 0:
            return w, [[(w * 0.62, -far), (l * 0.9, bar), (w + far, bar)], [(x, 0.44), (x, 1 + far)]]
        top = x if s.four == 1 else w * 0.8
        return w, [[(top, -far if s.four == 2 else t), (l * 0.9, bar), (w + far, bar)], [(x if s.four == 1 else top, -far), (x if s.four == 1 else top, 1 + far)]]
    if c == "5":
        top = 0.40
        body = arc(cx, (top + b) / 2, bowl, (b - top) / 2, 215, 515, 22)
        return w, [[(w - h * 0.6, t), (l + 0.02, t), (l, top + 0.1)], body]
    if c in "69":
        top = 0.36
        body = ring(l, top, r, b, rx, min(ry, (b - top) / 2))
        if s.six == 0:
            tail = [bezier((w * 0.74, -far), (l + 0.01, 0.33), (l, (top + b) / 2))]
        elif s.six == 1:
            tail = [arc(cx, t + ry, bowl, ry, -25, -180) + [(l, b - ry)]]
        else:
            tail = [arc(cx, t + 0.42, bowl, 0.42, -50, -180) + [(l, (top + b) / 2)]]
        out = [body] + tail
        return w, out if c == "6" else [[(w - x, 1 - y) for x, y in p] for p in out]
    if c == "7":
        if s.seven == 0:
            return w, [[(-far, t), (r, t), (w * 0.34, 1 + far)]]
        return w, [[(-far, t), (r, t)], bezier((r, t), (w * 0.42, 0.5), (w * 0.36, 1 + far))]
    if c == "8":
        k = bowl * 0.93
        return w, [ring(cx - k, t, cx + k, m, k * s.round_x, min(ry, (m - t) / 2)), ring(l, m, r, b, rx, min(ry, (b - m) / 2))]
    if c == "A":
        return w, [[(h * 0.75, 1 + far), (cx, t * 0.6), (w - h * 0.75, 1 + far)], [(w * 0.18, 0.69), (w * 0.82, 0.69)]]
    if c == "B":
        return w, [[(l, -far), (l, 1 + far)], right_bowl(t, m), right_bowl(m, b)]
    if c in "CG":
        end = 0.16 + 0.1 * s.middle
        p = [(r, t + ry + end * 0.3)] if s.flat_caps else []
        p += arc(r - rx, t + ry, rx, ry, 0, -90) + arc(l + rx, t + ry, rx, ry, -90, -180)
        p += arc(l + rx, b - ry, rx, ry, 180, 90) + arc(r - rx, b - ry, rx, ry, 90, 0)
        if c == "C":
            return w, [p + [(r, b - ry - end * 0.3)]]
        return w, [p + [(r, 0.55), (cx, 0.55)]]
    if c in "DĐ":
        out = [[(l, -far), (l, 1 + far)], right_bowl(t, b)]
        return w, out + ([[(-h * 1.6, 0.5), (w * 0.52, 0.5)]] if c == "Đ" else [])
    if c in "EF":
        out = [[(l, -far), (l, 1 + far)], [(l, t), (w + far, t)], [(l, m), (w * 0.86, m)]]
        return w, out + ([[(l, b), (w + far, b)]] if c == "E" else [])
    if c == "H":
        return w, [[(l, -far), (l, 1 + far)], [(r, -far), (r, 1 + far)], [(l, m), (r, m)]]
    if c == "I":
        return s.stroke, [[(h, -far), (h, 1 + far)]]
    if c == "J":
        return w * 0.9, [[(r * 0.9, -far), (r * 0.9, b - ry)] + arc(cx * 0.9, b - ry, bowl * 0.9, ry, 0, 170)]
    if c == "K":
        return w, [[(l, -far), (l, 1 + far)], [(w - h * 0.8, -far), (l, 0.62)], [(w * 0.42, 0.45), (w - h * 0.6, 1 + far)]]
    if c == "L":
        return w, [[(l, -far), (l, b), (w + far, b)]]
    if c == "M":
        wide = w * 1.12
        dip = s.middle
        return wide, [[(h, 1 + far), (h, -far)], [(wide - h, -far), (wide - h, 1 + far)], [(h, -far * 0.3), (wide / 2, dip), (wide - h, -far * 0.3)]]
    if c == "N":
        return w, [[(l, 1 + far), (l, -far)], [(r, -far), (r, 1 + far)], [(l, 0), (r, 1)]]
    if c == "P":
        return w, [[(l, -far), (l, 1 + far)], right_bowl(t, m + 0.06)]
    if c == "Q":
        return w, [ring(l, t, r, b, rx, ry), [(w * 0.55, 0.74), (w + far, 1 + far * 0.3)]]
    if c == "R":
        return w, [[(l, -far), (l, 1 + far)], right_bowl(t, m + 0.03), [(w * 0.5, m + 0.03), (w - h * 0.8, 1 + far)]]
    if c == "S":
        top = arc(cx, (t + m) / 2, bowl, (m - t) / 2, -15, -270, 20)
        low = arc(cx, (m + b) / 2, bowl, (b - m) / 2, -90, 165, 20)
        return w, [top + low]
    if c == "T":
        return w, [[(-far, t), (w + far, t)], [(cx, 0), (cx, 1 + far)]]
    if c == "U":
        p = [(l, -far)] + arc(l + rx, b - ry, rx, ry, 180, 90) + arc(r - rx, b - ry, rx, ry, 90, 0)
        return w, [p + [(r, -far)]]
    if c == "V":
        return w, [[(h * 0.75, -far), (cx, 1 - h * 0.6), (w - h * 0.75, -far)]]
    if c == "W":
        wide = w * 1.3
        return wide, [[(h * 0.75, -far), (wide * 0.29, 1 - h * 0.6), (wide / 2, 0.25), (wide * 0.71, 1 - h * 0.6), (wide - h * 0.75, -far)]]
    if c == "X":
        return w, [[(h * 0.75, -far), (w - h * 0.75, 1 + far)], [(w - h * 0.75, -far), (h * 0.75, 1 + far)]]
    if c == "Y":
        return w, [[(h * 0.75, -far), (cx, m + 0.04), (w - h * 0.75, -far)], [(cx, m), (cx, 1 + far)]]
    if c == "Z":
        return w, [[(-far, t), (r, t), (l, b), (w + far, b)]]
    raise ValueError(f"no drawing for {c!r}")


def draw(c, style):
    """Raster of one glyph: uint8 [GLYPH_H, about width*GLYPH_H], 255 = ink."""
    w, lines = strokes(c, style)
    k = GLYPH_H * OVERSAMPLE
    pad = int(0.16 * k) if c == "Đ" else 0
    img = np.zeros((k, max(4, int(round(w * k))) + pad), np.uint8)
    half = style.stroke * k / 2
    for line in lines:
        p = np.array(line, np.float64) * k + [pad, 0]
        for i, (a, z) in enumerate(zip(p[:-1], p[1:])):
            d = z - a
            n = np.hypot(*d)
            if n < 1e-6:
                continue
            o = np.array([-d[1], d[0]]) / n * half
            cv2.fillPoly(img, [np.round(np.array([a + o, z + o, z - o, a - o]) * 8).astype(np.int32)], 255, cv2.LINE_8, 3)
            if i > 0 or not style.flat_caps:
                cv2.circle(img, tuple(np.round(a * 8).astype(int).tolist()), int(half * 8), 255, -1, cv2.LINE_8, 3)
        if not style.flat_caps:
            cv2.circle(img, tuple(np.round(p[-1] * 8).astype(int).tolist()), int(half * 8), 255, -1, cv2.LINE_8, 3)
    return cv2.resize(img, (max(2, img.shape[1] // OVERSAMPLE), GLYPH_H), interpolation=cv2.INTER_AREA)


def atlas(rng, styles):
    """`styles` sets of drawn glyphs: list of dict character -> raster."""
    out = []
    for _ in range(styles):
        style = random_style(rng)
        out.append({c: draw(c, style) for c in CHARACTERS})
    return out


FREE_FONTS = [
    "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "/usr/share/fonts/truetype/roboto/unhinted/RobotoCondensed-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf",
]
"""Debian packages fonts-liberation (OFL), fonts-roboto-unhinted (Apache-2.0), fonts-dejavu (Bitstream Vera licence)."""


def font_atlas():
    """Glyphs of the free fonts that are installed; a minority style against over-fitting to our own drawing."""
    import os

    from PIL import Image, ImageDraw, ImageFont

    out = []
    for path in FREE_FONTS:
        if not os.path.exists(path):
            continue
        font = ImageFont.truetype(path, 140)
        glyphs = {}
        for c in CHARACTERS:
            im = Image.new("L", (280, 280))
            ImageDraw.Draw(im).text((60, 40), c, font=font, fill=255)
            a = np.array(im)
            ys, xs = np.where(a > 64)
            a = a[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
            glyphs[c] = cv2.resize(a, (max(2, round(a.shape[1] * GLYPH_H / a.shape[0])), GLYPH_H), interpolation=cv2.INTER_AREA)
        out.append(glyphs)
    return out


if __name__ == "__main__":
    import sys

    rng = np.random.default_rng(3)
    rows = []
    for glyphs in atlas(rng, 8):
        row = np.hstack([np.pad(glyphs[c], ((6, 6), (5, 5))) for c in CHARACTERS])
        rows.append(row)
    width = max(r.shape[1] for r in rows)
    cv2.imwrite(sys.argv[1] if len(sys.argv) > 1 else "glyphs.png", 255 - np.vstack([np.pad(r, ((0, 0), (0, width - r.shape[1]))) for r in rows]))
