"""Draw an invented plate on a background: RGB canvas, the plate's corners and the place of every character."""
import cv2
import numpy as np

from glyphs import atlas, font_atlas
from plates import random_plate

SIZE_MM = {"long": [(520, 110), (470, 110)], "short": [(330, 165), (280, 200)], "moto": [(190, 140)]}
CHAR_MM = {"long": 63, "short": 63, "moto": 55}
PX_PER_MM = {"long": 0.44, "short": 0.48, "moto": 0.7}
GROUND = {"white": [(232, 232, 232), (215, 222, 235), (236, 230, 212)], "yellow": [(240, 185, 20), (225, 160, 30), (250, 205, 50)],
          "blue": [(20, 70, 160), (35, 95, 190), (25, 50, 120)], "red": [(190, 25, 30), (160, 20, 25), (210, 40, 35)],
          "other": [(30, 120, 60), (60, 150, 90), (170, 90, 160), (40, 40, 40)]}
DARK_GROUND = {"blue", "red"}


class Renderer:
    """Holds the glyph styles and background pictures; `draw` invents one plate."""

    def __init__(self, rng, backgrounds, styles=90):
        fonts = font_atlas()
        self.styles = atlas(rng, styles)
        self.fonts = fonts
        self.backgrounds = backgrounds

    def glyphs(self, rng):
        if self.fonts and rng.random() < 0.18:
            return self.fonts[int(rng.integers(len(self.fonts)))]
        return self.styles[int(rng.integers(len(self.styles)))]

    def draw(self, rng):
        """-> (canvas uint8 RGB, corners float32 [4,2], plate, boxes float32 [n,4] of the characters in canvas px)."""
        plate = random_plate(rng)
        mm = SIZE_MM[plate.form][int(rng.integers(len(SIZE_MM[plate.form])))]
        s = PX_PER_MM[plate.form]
        w, h = int(mm[0] * s * rng.uniform(0.95, 1.05)), int(mm[1] * s * rng.uniform(0.95, 1.06))
        ink, letters, boxes = lay_out(rng, plate, self.glyphs(rng), w, h, CHAR_MM[plate.form] * s)
        face = paint(rng, plate, ink, letters)
        mx, my = int(w * 0.36), int(h * (0.7 if plate.form == "long" else 0.4))
        canvas = self.background(rng, h + 2 * my, w + 2 * mx)
        if rng.random() < 0.35:
            t = int(rng.integers(2, 9))
            cv2.rectangle(canvas, (mx - t, my - t), (mx + w + t, my + h + t + int(rng.integers(0, 6))), colour(rng, 0, 80), -1)
        alpha = rounded(h, w, int(rng.integers(1, max(3, h // 12))))
        part = canvas[my : my + h, mx : mx + w]
        part[:] = part * (1 - alpha) + face * alpha
        corners = np.float32([[mx, my], [mx + w, my], [mx + w, my + h], [mx, my + h]])
        return np.clip(canvas, 0, 255).astype(np.uint8), corners, plate, np.float32(boxes) + np.float32([mx, my, mx, my])

    def background(self, rng, h, w):
        if self.backgrounds and rng.random() < 0.8:
            b = self.backgrounds[int(rng.integers(len(self.backgrounds)))]
            bh, bw = b.shape[:2]
            k = rng.uniform(0.4, 1.0)
            ch, cw = max(8, int(bh * k)), max(8, int(bw * k))
            y, x = int(rng.integers(bh - ch + 1)), int(rng.integers(bw - cw + 1))
            return cv2.resize(b[y : y + ch, x : x + cw], (w, h), interpolation=cv2.INTER_AREA).astype(np.float32)
        return np.full((h, w, 3), colour(rng, 0, 240), np.float32)


def colour(rng, lo, hi):
    grey = rng.uniform(lo, hi)
    return tuple(float(np.clip(grey + rng.normal(0, 14), 0, 255)) for _ in range(3))


def rounded(h, w, r):
    m = np.zeros((h, w), np.float32)
    cv2.rectangle(m, (r, 0), (w - 1 - r, h - 1), 1.0, -1)
    cv2.rectangle(m, (0, r), (w - 1, h - 1 - r), 1.0, -1)
    for x in (r, w - 1 - r):
        for y in (r, h - 1 - r):
            cv2.circle(m, (x, y), r, 1.0, -1)
    return m[:, :, None]


def widths_of(rng, plate, glyphs, ch, cell):
    """Printed width of every mark, row by row."""
    natural = rng.random() < 0.35
    zero = glyphs["0"].shape[1]
    out = []
    for row in plate.rows:
        w = []
        for c in row:
            if c in "-.":
                w.append(ch * (rng.uniform(0.14, 0.3) if c == "-" else rng.uniform(0.1, 0.16)))
            elif natural:
                w.append(ch * glyphs[c].shape[1] / glyphs[c].shape[0])
            else:
                w.append(cell * (glyphs[c].shape[1] / zero if c in "1IMWĐJ" else 1.0))
        out.append(w)
    return out


def lay_out(rng, plate, glyphs, w, h, char_h):
    """-> ink and letters-only masks float32 [h,w], boxes (x0,y0,x1,y1) of the characters in reading order."""
    ink, letters = np.zeros((h, w), np.float32), np.zeros((h, w), np.float32)
    boxes = []
    two = len(plate.rows) == 2
    ch = min(char_h * rng.uniform(0.9, 1.1), h * (0.44 if two else 0.84))
    moto = plate.form == "moto"
    cell = ch * (rng.uniform(0.38, 0.56) if moto else 38 / 63 * rng.uniform(0.8, 1.12))
    gap = ch * (rng.uniform(0.05, 0.22) if moto else rng.uniform(0.05, 0.19))
    widths = widths_of(rng, plate, glyphs, ch, cell)
    wide_one = rng.random() < 0.45
    extra = [[max(0.0, cell - gw) if c == "1" and wide_one else 0.0 for c, gw in zip(r, rw)] for r, rw in zip(plate.rows, widths)]
    totals = [sum(rw) + sum(ex) + gap * (len(rw) - 1) for rw, ex in zip(widths, extra)]
    fill = w * rng.uniform(0.78, 0.965)
    k = min(1.0 if rng.random() < 0.5 else 1.3, fill / max(totals))
    spread = rng.uniform(0.2, 0.9) if rng.random() < 0.35 else 0.0
    centres = [h * rng.uniform(0.25, 0.29), h * rng.uniform(0.71, 0.75)] if two else [h * 0.5]
    low_dot = 0.42 if rng.random() < 0.5 else 0.0
    for row, rw, ex, total, mid in zip(plate.rows, widths, extra, totals, centres):
        more = max(0.0, fill - total * k) / max(1, len(row) - 1) * spread
        x = (w - total * k - more * (len(row) - 1)) / 2 + rng.normal(0, 0.01 * w)
        y = mid + rng.normal(0, 0.01 * h)
        for c, gw, e in zip(row, rw, ex):
            gw, e = gw * k, e * k
            if c in "-.":
                t = ch * rng.uniform(0.1, 0.16)
                yy = y + (ch * low_dot if c == "." else 0)
                cv2.rectangle(ink, (int(x), int(yy - t / 2)), (int(x + gw), int(yy + t / 2)), 1.0, -1)
            else:
                x += e * 0.75
                stamp(ink, glyphs[c], x, y - ch / 2, gw, ch)
                if plate.red_letters and c.isalpha():
                    stamp(letters, glyphs[c], x, y - ch / 2, gw, ch)
                boxes.append((x, y - ch / 2, x + gw, y + ch / 2))
                x += e * 0.25
            x += gw + gap * k + more
    return ink, letters, boxes


def stamp(mask, glyph, x, y, w, h):
    """Lay a glyph raster into the mask at (x, y), size w x h, clipped to the plate."""
    gw, gh, x0, y0 = max(2, round(w)), max(4, round(h)), round(x), round(y)
    g = cv2.resize(glyph, (gw, gh), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(mask.shape[1], x0 + gw), min(mask.shape[0], y0 + gh)
    if xb > xa and yb > ya:
        part = mask[ya:yb, xa:xb]
        np.maximum(part, g[ya - y0 : yb - y0, xa - x0 : xb - x0], out=part)


def clouds(rng, h, w, n=6):
    """Smooth random field around 0..1."""
    return cv2.resize(rng.random((int(rng.integers(2, n)), int(rng.integers(2, n + 3)))).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)


def paint(rng, plate, ink, letters):
    """Colour the plate: ground, border, emboss, screws, emblem, stickers, dirt -> float32 [h,w,3]."""
    h, w = ink.shape
    base = GROUND[plate.colour]
    ground = np.float32(base[int(rng.integers(len(base)))]) + rng.normal(0, 8, 3)
    if plate.colour == "white":
        ground *= rng.uniform(0.55, 1.0)
    dark = plate.colour in DARK_GROUND or (plate.colour == "other" and rng.random() < 0.75)
    fg = np.float32(colour(rng, 205, 250)) if dark else np.float32(colour(rng, 5, 95 if rng.random() < 0.85 else 130))
    if plate.colour == "white" and rng.random() < 0.06:
        fg = np.float32((rng.uniform(10, 60), rng.uniform(20, 60), rng.uniform(80, 150)))
    if rng.random() < 0.6:
        o, t = int(rng.integers(0, 5)), int(rng.integers(1, 4))
        cv2.rectangle(ink, (o, o), (w - 1 - o, h - 1 - o), float(rng.uniform(0.5, 1)), t)
    v = rng.random()
    if v < 0.12:
        ink = cv2.dilate(ink, np.ones((2, 2), np.float32))
    elif v < 0.22:
        ink = cv2.erode(ink, np.ones((2, 2), np.float32))
    if rng.random() < 0.12:
        ink = ink * np.clip(clouds(rng, h, w, 9) * 2 - rng.uniform(-0.6, 0.3), 0.25, 1)
    if abs(fg.mean() - ground.mean()) < 70:
        fg = np.float32(colour(rng, 5, 45)) if ground.mean() > 110 else np.float32(colour(rng, 215, 250))
    a = ink[:, :, None]
    face = ground * (1 - a) + fg * a
    if plate.red_letters:
        b = letters[:, :, None]
        face = face * (1 - b) + np.float32((rng.uniform(150, 215), rng.uniform(15, 60), rng.uniform(20, 60))) * b
    if rng.random() < 0.35:
        s = int(rng.integers(1, 3))
        face += ((np.roll(ink, (s, s), (0, 1)) - ink) * rng.uniform(-60, 60))[:, :, None]
    for _ in range(int(rng.integers(0, 5))):
        at = (int(w * rng.choice([0.06, 0.25, 0.5, 0.75, 0.94]) + rng.normal(0, 4)), int(h * rng.choice([0.1, 0.3, 0.5, 0.9]) + rng.normal(0, 2)))
        cv2.circle(face, at, int(rng.integers(1, max(2, h // 18 + 1))), colour(rng, 0, 255), -1)
    if rng.random() < 0.4:
        at = (int(w * rng.uniform(0.04, 0.5)), int(h * rng.uniform(0.08, 0.55)))
        cv2.circle(face, at, max(2, h // 18), colour(rng, 90, 220), -1 if rng.random() < 0.5 else 1)
    if rng.random() < 0.08:
        x, y = int(w * rng.choice([0.0, 0.9])), int(rng.uniform(0, h * 0.9))
        cv2.rectangle(face, (x, y), (x + int(w * 0.1), y + int(h * 0.14)), tuple(float(c) for c in rng.uniform(0, 255, 3)), -1)
    if rng.random() < 0.3:
        mud = np.clip(clouds(rng, h, w, 9) - rng.uniform(0.35, 0.75), 0, 1)[:, :, None] * rng.uniform(0.5, 2)
        face = face * (1 - np.clip(mud, 0, 0.75)) + np.float32((120, 95, 65)) * rng.uniform(0.2, 1.2) * np.clip(mud, 0, 0.75)
    if rng.random() < 0.12:
        for _ in range(int(rng.integers(1, 4))):
            at = (int(rng.integers(0, w)), int(rng.integers(0, h)))
            cv2.ellipse(face, at, (int(rng.integers(2, 10)), int(rng.integers(1, 6))), float(rng.uniform(0, 180)), 0, 360, colour(rng, 0, 255), -1)
    return face
