"""One training sample: a drawn or a real plate through the degradations, with its labels."""
import json
import sys
import time

import cv2
import numpy as np

import real
from common import ALPHABET, COLOURS, EMPTY, HEIGHT, SLOTS, UNSURE, WIDTH, encode
from degrade import degrade
from render import Renderer
from shuffle import shuffle

PHOTO_SHARE, ONE_ROW_SHARE = 0.4, 0.2
GREY_SHARE = 0.12
SHUFFLE_SHARE = 0.5


class Samples:
    """Draws samples; `data` is the folder that holds plates/ (see real.py), `places` what places.py wrote of it.

    A kind of plate that the list has none of leaves its share to the others; an empty list leaves all to drawn plates.
    """

    def __init__(self, data, seed, places=None):
        self.rng = np.random.default_rng(seed)
        self.renderer = Renderer(self.rng, real.backgrounds(data, self.rng))
        plates = real.load(data, "train")
        for p in plates:
            if p["key"] in (places or {}):
                p["centres"] = np.float32(places[p["key"]])
        photos = [p for p in plates if p["domain"] == "photos"]
        gates = [p for p in plates if p["domain"] != "photos"]
        groups = [(PHOTO_SHARE, photos), (ONE_ROW_SHARE, [p for p in gates if p["rows"] == 1]), (1 - PHOTO_SHARE - ONE_ROW_SHARE, gates)]
        self.groups = [(share, group) for share, group in groups if group]
        self.again = None

    def draw(self, real_share, severity):
        """-> (crop uint8 [H,W,3], label uint8 [SLOTS], centres float32 [SLOTS,2] or -1, colour, rows-1)."""
        rng = self.rng
        if self.groups and rng.random() < real_share:
            crop, label, centres, colour, rows = self.real(severity)
        else:
            crop, label, centres, colour, rows = self.drawn(severity)
        if rng.random() < GREY_SHARE:
            crop = cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
            colour = UNSURE
        return crop, label, centres, colour, rows - 1

    def real(self, severity):
        rng = self.rng
        shares = np.cumsum([share for share, _ in self.groups])
        _, group = self.groups[int((shares[:-1] <= rng.random() * shares[-1]).sum())]
        p = group[int(rng.integers(len(group)))]
        image, text, spots = p["image"], p["text"], p.get("centres")
        boxes = None
        if spots is not None:
            if rng.random() < SHUFFLE_SHARE:
                height = p["corners"][3, 1] - p["corners"][0, 1]
                image, text = shuffle(rng, image, text, spots, p["rows"], height)
            boxes = np.concatenate([spots, spots], 1)
        crop, seen = degrade(rng, image, p["corners"], p["rows"], p["kind"], severity, boxes)
        centres = np.full((SLOTS, 2), -1, np.float32)
        if seen is not None:
            centres[: len(seen)] = seen[:, :2]
        colour = UNSURE if text.startswith("80") else COLOURS.index("white")
        return crop, encode(text), centres, colour, p["rows"]

    def drawn(self, severity):
        rng = self.rng
        if self.again is None or rng.random() < 0.4:
            self.again = self.renderer.draw(rng)
        canvas, corners, plate, boxes = self.again
        rows = len(plate.rows)
        crop, seen = degrade(rng, canvas, corners, rows, "drawn", severity, boxes)
        label = encode(plate.text)
        centres = np.full((SLOTS, 2), -1, np.float32)
        centres[: len(seen)] = (seen[:, :2] + seen[:, 2:]) / 2
        inside = np.clip(np.minimum(seen[:, 2:], 1) - np.maximum(seen[:, :2], 0), 0, None) / np.maximum(seen[:, 2:] - seen[:, :2], 1e-6)
        label[: len(seen)][inside.min(1) < 0.72] = UNSURE
        return crop, label, centres, COLOURS.index(plate.colour), rows


def sheet(data, path, places=None, columns=8, seed=0):
    """Write a picture of samples: drawn clean and hard, real clean and hard."""
    s = Samples(data, seed, places)
    out = []
    for share, severity, n in ((0, 0.0, 3), (0, 1.0, 4), (1, 0.0, 4), (1, 1.0, 2)):
        for _ in range(n):
            cells = []
            for _ in range(columns):
                crop, label, centres, colour, rows = s.draw(share, severity)
                im = crop[:, :, ::-1].copy()
                for x, y in centres:
                    if x >= 0:
                        cv2.circle(im, (int(x * WIDTH), int(y * HEIGHT)), 1, (0, 0, 255), -1)
                text = "".join("?" if k == UNSURE else ALPHABET[k] for k in label if k != EMPTY)
                im = cv2.copyMakeBorder(im, 0, 14, 0, 4, cv2.BORDER_CONSTANT)
                cv2.putText(im, f"{text} {'' if colour == UNSURE else COLOURS[colour][0]}{rows + 1}", (0, HEIGHT + 11), 0, 0.4, (0, 255, 255), 1)
                cells.append(im)
            out.append(np.hstack(cells))
    im = np.vstack(out)
    cv2.imwrite(path, cv2.resize(im, None, fx=1.4, fy=1.4))
    for share in (0, 1):
        t = time.time()
        for _ in range(300):
            s.draw(share, 1.0)
        print("real" if share else "drawn", f"{(time.time() - t) / 300 * 1e3:.2f} ms a sample")


if __name__ == "__main__":
    cv2.setNumThreads(1)
    sheet(sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])) if len(sys.argv) > 3 else None)
