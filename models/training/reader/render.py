"""Draw an invented plate on a background: RGB canvas, the plate's corners and the place of every character."""
import cv2
import numpy as np

from glyphs import atlas, font_atlas
from plates import random_plate

SIZE_MM = {"long": [(520, 110), (470, 110)], "short": [(330, 165), (280, 200)], "moto": [(190, 140)]}
CHAR_MM = {"long": 63, "short": 63, "moto": 55}
PX_PER_MM = {"long": 0.5, "short": 0.55, "moto": 0.82}
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
        mask, boxes = lay_out(rng, plate, self.glyphs(rng), w, h, CHAR_MM[plate.form] * s)
        face = paint(rng, plate, mask)
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


def lay_out(rng, plate, glyphs, w, h, char_h):
    """Ink mask float32 [h,w,2] (all ink, letters only) and the boxes of the characters, reading order."""
    mask = np.zeros((h, w, 2), np.float32)
    boxes = []
    two = len(plate.rows) == 2
    ch = char_h * (rng.uniform(0.92, 1.08) if two else rng.uniform(0.9, 1.12))
    ch = min(ch, h * (0.44 if two else 0.84))
    law = {"long": 38 / 63, "short": 38 / 63, "moto": 22 / 55}[plate.form]
    cell = ch * law * rng.uniform(0.82, 1.12) if plate.form != "moto" else ch * rng.uniform(0.38, 0.56)
    gap = ch * (rng.uniform(0.06, 0.22) if plate.form == "moto" else rng.uniform(0.06, 0.19))
    full_one = rng.random() < 0.45
    natural = rng.random() < 0.35
    dot_low = rng.random() < 0.5
    widths = []
    for row in plate.rows:
        row_w = []
        for c in row:
            if c == "-":
                row_w.append(ch * rng.uniform(0.14, 0.3))
            elif c == ".":
                row_w.append(ch * rng.uniform(0.1, 0.16))
            else:
                g = glyphs[c]
                share = g.shape[1] / glyphs["0"].shape[1]
                row_w.append(cell * (share if c in "1IMWĐJ" else 1.0) if not natural else g.shape[1] / g.shape[0] * ch)
        widths.append(row_w)
    spare = [sum(cell - gw for c, gw in zip(row, rw) if c == "1") if full_one else 0 for row, rw in zip(plate.rows, widths)]
    totals = [sum(rw) + gap * (len(rw) - 1) + sp for rw, sp in zip(widths, spare)]
    fill = w * rng.uniform(0.78, 0.965)
    shrink = min(1.0 if rng.random() < 0.5 else 1.3, fill / max(totals))
    spread = rng.random() < 0.35
    centres = [h * 0.5] if not two else [h * rng.uniform(0.25, 0.29), h * rng.uniform(0.71, 0.75)]
    for i, (row, rw) in enumerate(zip(plate.rows, widths)):
        k = shrink
        g = gap * k
        total = totals[i] * k
        if spread and total < fill * 0.97 and len(row) > 3:
            g += (fill * rng.uniform(0.85, 1) - total) / (len(row) - 1) * rng.uniform(0.2, 0.8)
            total = sum(rw) * k + g * (len(rw) - 1) + spare[i] * k
        x = (w - total) / 2 + rng.normal(0, 0.01 * w)
        yc = centres[i] + rng.normal(0, 0.01 * h)
        for c, gw in zip(row, rw):
            gw *= k
            if c in "-.":
                t = ch * (rng.uniform(0.1, 0.16))
                y = yc if c == "-" or not dot_low else yc + ch * 0.42
                cv2.rectangle(mask[:, :, 0].copy() if False else mask0(mask), (int(x), int(y - t / 2)), (int(x + gw), int(y + t / 2)), 1.0, -1)
                x += gw + g
                continue
            if full_one and c == "1":
                x += (cell * k - gw) * rng.uniform(0.5, 1)
            stamp(mask, glyphs[c], x, yc - ch / 2, gw, ch, letter=c.isalpha())
            boxes.append((x, yc - ch / 2, x + gw, yc + ch / 2))
            x += gw + g
            if full_one and c == "1":
                x += (cell * k - gw) * 0.25
    return mask, boxes


def mask0(mask):
    return mask[:, :, 0] if mask.flags.f_contiguous else _Plane(mask).plane


class _Plane:
    """cv2 draws only on contiguous planes; keep one beside the stack and fold it in on use."""

    def __init__(self, mask):
        self.plane = np.ascontiguousarray(mask[:, :, 0])
