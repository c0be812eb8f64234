"""Digits of one real plate trade places: new texts in real paint, light and dirt."""
import cv2
import numpy as np


def row_starts(centres, rows):
    """Index ranges of the rows of a plate's characters."""
    n = len(centres)
    if rows == 1:
        return [(0, n)]
    at = int(np.argmin(np.diff(centres[:, 0]))) + 1
    return [(0, at), (at, n)]


def patch(image, centre, size):
    return cv2.getRectSubPix(image, size, (float(centre[0]), float(centre[1]))).astype(np.float32)


def paste(image, piece, centre):
    """Blend a patch in at a centre, feathered at the sides; what falls outside is dropped."""
    h, w = piece.shape[:2]
    edge = np.minimum(1, np.minimum(np.arange(w) + 0.5, w - np.arange(w) - 0.5) / max(1.0, 0.12 * w))
    x0, y0 = round(centre[0] - (w - 1) / 2), round(centre[1] - (h - 1) / 2)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(image.shape[1], x0 + w), min(image.shape[0], y0 + h)
    if xb <= xa or yb <= ya:
        return
    m = edge[None, xa - x0 : xb - x0, None].astype(np.float32)
    image[ya:yb, xa:xb] = (image[ya:yb, xa:xb] * (1 - m) + piece[ya - y0 : yb - y0, xa - x0 : xb - x0] * m + 0.5).astype(np.uint8)


def shuffle(rng, image, text, centres, rows, plate_height):
    """-> (image, text) with the digits of one or two groups permuted, or the same if there is nothing to trade."""
    out, letters = image.copy(), list(text)
    for start, end in row_starts(centres, rows):
        digits = [k for k in range(start, end) if text[k].isdigit()]
        group = [k for k in digits if k >= end - 5 and k > 2] if rows == 1 or start > 0 else [k for k in digits if k < 2]
        if len(group) < 2:
            continue
        pitch = float(np.median(np.diff(centres[start:end, 0])))
        size = (max(3, round(pitch * 0.98)), max(5, round(plate_height * (0.86 if rows == 1 else 0.46))))
        pieces = {k: patch(image, centres[k], size) for k in group}
        order = rng.permutation(group)
        for k, source in zip(group, order):
            if k != source:
                paste(out, pieces[int(source)], centres[k])
                letters[k] = text[int(source)]
    return out, "".join(letters)
