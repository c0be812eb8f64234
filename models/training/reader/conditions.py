"""The fixed conditions a reader is measured under; each spoils a crop in one way only, seeded, so that two readers see the same pixels.

Heights are of the plate (two-row plates 2.4 times the one-row figure). Blur and noise are laid on
after the plate was brought to the size it has in the gate pictures (27 px one row, 66 px two rows),
so that a 7 px blur means the same on a phone picture as on a gate picture; `blur7w` is the milder
7 px on the 128 px wide net input.
"""
import cv2
import numpy as np

from common import HEIGHT, WIDTH

ONE, TWO = 27, 66


def to_height(im, plate_share, px):
    """Shrink (never enlarge) so that the plate, `plate_share` of the crop's height, is `px` high."""
    k = px / (im.shape[0] * plate_share)
    if k >= 1:
        return im
    return cv2.resize(im, (max(8, round(im.shape[1] * k)), max(4, round(im.shape[0] * k))), interpolation=cv2.INTER_AREA)


def blur(im, px):
    return cv2.filter2D(im, -1, np.full((1, px), 1 / px, np.float32), borderType=cv2.BORDER_REPLICATE)


def dark(im, k, rng):
    return np.clip(im.astype(np.float32) * k + rng.normal(0, 4, im.shape), 0, 255).astype(np.uint8)


def jpeg(im, q):
    return cv2.imdecode(cv2.imencode(".jpg", im, [cv2.IMWRITE_JPEG_QUALITY, q])[1], cv2.IMREAD_COLOR)


def fit(im):
    """Crop -> net input [64,128,3]: area average when shrinking, bilinear when enlarging, each axis by itself."""
    for axis, size in ((1, WIDTH), (0, HEIGHT)):
        old = im.shape[axis]
        if old != size:
            new = (size, im.shape[0]) if axis == 1 else (im.shape[1], size)
            im = cv2.resize(im, new, interpolation=cv2.INTER_AREA if old > size else cv2.INTER_LINEAR)
    return im


def native(im, share, rows):
    return to_height(im, share, ONE if rows == 1 else TWO)


def height(px):
    return lambda im, share, rows, rng: to_height(im, share, px if rows == 1 else round(px * TWO / ONE))


CONDITIONS = {
    "as is": lambda im, share, rows, rng: im,
    "18 / 44 px": height(18),
    "14 / 34 px": height(14),
    "11 / 27 px": height(11),
    "8 / 20 px": height(8),
    "jpeg q15": lambda im, share, rows, rng: jpeg(native(im, share, rows), 15),
    "14 / 34 px, jpeg q30": lambda im, share, rows, rng: jpeg(height(14)(im, share, rows, rng), 30),
    "x0.25 + noise": lambda im, share, rows, rng: dark(native(im, share, rows), 0.25, rng),
    "x0.15 + noise": lambda im, share, rows, rng: dark(native(im, share, rows), 0.15, rng),
    "blur 5 px": lambda im, share, rows, rng: blur(native(im, share, rows), 5),
    "blur 7 px": lambda im, share, rows, rng: blur(native(im, share, rows), 7),
    "blur7w": lambda im, share, rows, rng: blur(fit(im), 7),
}


def crop(plate, margin):
    """Plate of real.load -> (RGB crop with `margin` on each side, share of the crop's height that is plate). Pre-cut pictures keep their own margin."""
    im = plate["image"]
    if plate["kind"] == "crop":
        return im, 0.94
    (a, b), (c, d) = plate["corners"][0], plate["corners"][2]
    mx, my = (c - a) * margin, (d - b) * margin
    x0, y0, x1, y1 = int(max(0, a - mx)), int(max(0, b - my)), int(min(im.shape[1], c + mx)), int(min(im.shape[0], d + my))
    return im[y0:y1, x0:x1], (d - b) / max(1, y1 - y0)


def quality(im, share):
    """Sharpness and light of the plate inside a crop, at its own resolution; the product measures the same (src/vision/quality.ts).

    light = 90th percentile of grey; sharpness = mean step between horizontal neighbours over the 5-95 % contrast.
    """
    h, w = im.shape[:2]
    cut = (1 - share) / 2
    part = im[round(h * cut) : max(1, round(h * (1 - cut))), round(w * cut) : max(2, round(w * (1 - cut)))].astype(np.int32)
    grey = (part @ np.int32([77, 150, 29])) >> 8
    low, light, high = np.percentile(grey, [5, 90, 95])
    steps = np.abs(np.diff(grey, axis=1)).sum() / max(1, grey.size)
    return (0.0 if high - low < 1 else steps / (high - low)), light


def wider(im, share=0.05):
    """The crop with its edge repeated on every side: the second view that the product takes of a crop it is not sure of (src/vision/read-plate.ts)."""
    h, w = im.shape[:2]
    y, x = max(1, round(h * share)), max(1, round(w * share))
    return cv2.copyMakeBorder(im, y, y, x, x, cv2.BORDER_REPLICATE)


def build(plates, name, margin=0.08, seed=7, view=lambda im: im):
    """Inputs uint8 [n,64,128,3] of one condition, each seen by `view`, and what the gates measure: float32 [n,3] = px a row, sharpness, light."""
    rng = np.random.default_rng(seed)
    xs, measures = [], []
    for p in plates:
        im, share = crop(p, margin)
        im = CONDITIONS[name](im, share, p["rows"], rng)
        measures.append((im.shape[0] * share / p["rows"], *quality(im, share)))
        xs.append(fit(view(im)))
    return np.stack(xs), np.float32(measures)
