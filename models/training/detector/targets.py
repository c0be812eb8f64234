"""What the network should answer on one sample: heat, where heat counts, and boxes, for each stride.

A thing belongs to stride 8 up to 112 px (its longer side), to stride 16 from 80 px; between them to both.
Heat is 1 at the centre cell and falls off as a bell a tenth of the box wide; only classes that are completely
labelled count where nothing is.
"""
import numpy as np

from net import STRIDES

LIMITS = {8: (0.0, 112.0), 16: (80.0, 1e9)}
SPREAD, LEAST_SPREAD = 0.11, 0.6


class Targets:
    """Arrays of one sample, filled piece by piece."""

    def __init__(self, height, width):
        self.size = height, width
        self.heat = {s: np.zeros((5, height // s, width // s), np.float32) for s in STRIDES}
        self.counts = {s: np.ones((5, height // s, width // s), np.uint8) for s in STRIDES}
        self.boxes = {s: [] for s in STRIDES}

    def known(self, region, bits):
        """Heat of the classes in `bits` counts where a cell touches the region."""
        self.unknown(region, bits, 1)

    def unknown(self, region, bits, counts=0):
        """Heat of the classes in `bits` does not count where a cell touches the region."""
        for s in STRIDES:
            rows, columns = self.counts[s].shape[1:]
            x0, y0 = max(0, int(region[0] / s)), max(0, int(region[1] / s))
            x1, y1 = min(columns, int(np.ceil(region[2] / s))), min(rows, int(np.ceil(region[3] / s)))
            if x1 > x0 and y1 > y0:
                for kind in range(5):
                    if bits >> kind & 1:
                        self.counts[s][kind, y0:y1, x0:x1] = counts

    def thing(self, box, kind):
        """One thing to be found; add large ones first, so that small ones win a shared cell."""
        longest = max(box[2] - box[0], box[3] - box[1])
        for s in STRIDES:
            if LIMITS[s][0] <= longest <= LIMITS[s][1]:
                self._bell(s, box, kind)

    def _bell(self, s, box, kind):
        heat, counts = self.heat[s][kind], self.counts[s][kind]
        rows, columns = heat.shape
        cx, cy = (box[0] + box[2]) / 2 / s, (box[1] + box[3]) / 2 / s
        ix, iy = min(columns - 1, max(0, int(cx))), min(rows - 1, max(0, int(cy)))
        gx, gy = (max(LEAST_SPREAD, (box[i + 2] - box[i]) / s * SPREAD) for i in (0, 1))
        rx, ry = int(gx * 3) + 1, int(gy * 3) + 1
        x0, x1, y0, y1 = max(0, ix - rx), min(columns, ix + rx + 1), max(0, iy - ry), min(rows, iy + ry + 1)
        bell = np.exp(-((np.arange(x0, x1) + 0.5 - cx) / gx) ** 2 / 2)[None] * np.exp(-((np.arange(y0, y1) + 0.5 - cy) / gy) ** 2 / 2)[:, None]
        np.maximum(heat[y0:y1, x0:x1], bell * 0.98, out=heat[y0:y1, x0:x1])
        heat[iy, ix] = 1
        counts[iy, ix] = 1
        near_x, near_y = np.arange(max(0, ix - 1), min(columns, ix + 2)), np.arange(max(0, iy - 1), min(rows, iy + 2))
        for y in near_y:
            for x in near_x:
                weight = np.exp(-((x + 0.5 - cx) / max(0.9, gx)) ** 2 / 2 - ((y + 0.5 - cy) / max(0.9, gy)) ** 2 / 2)
                if weight >= 0.25 or (x == ix and y == iy):
                    self.boxes[s].append((kind, y, x, *box, max(0.25, weight)))

    def arrays(self):
        """Per stride: heat [5,h,w], counts [5,h,w], boxes [n,8] as class, row, column, x0, y0, x1, y1, weight."""
        return {s: (self.heat[s], self.counts[s], np.array(self.boxes[s], np.float32).reshape(-1, 8)) for s in STRIDES}
