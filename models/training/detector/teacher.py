"""The public YOLOX-nano (Apache-2.0) as a teacher: it labels vehicles where no person did, and is what we are compared with."""
import os

import cv2
import numpy as np

from boxes import suppress

COCO_TO_OURS = {2: 0, 3: 1, 5: 2, 7: 3}


class Teacher:
    """Square letterbox at the top left, BGR 0..255, grey 114 around, as the weights' authors feed it."""

    def __init__(self, models_folder, sizes=(416,)):
        self.net = cv2.dnn.readNetFromONNX(os.path.join(models_folder, 'yolox_nano.onnx'))
        self.sizes = sizes

    def __call__(self, picture, least=0.1, limit=0.55):
        """Rows x0,y0,x1,y1,score,class (0..3) of a BGR picture, the looks at all sizes merged."""
        rows = np.concatenate([self._look(picture, size, least) for size in self.sizes])
        return suppress(rows, limit)

    def _look(self, picture, size, least):
        height, width = picture.shape[:2]
        ratio = min(size / height, size / width)
        canvas = np.full((size, size, 3), 114, np.uint8)
        small = cv2.resize(picture, (int(width * ratio), int(height * ratio)))
        canvas[:small.shape[0], :small.shape[1]] = small
        self.net.setInput(canvas.transpose(2, 0, 1)[None].astype(np.float32))
        raw = self.net.forward()[0]
        origin, stride = _grid(size)
        centre = (raw[:, :2] + origin) * stride
        half = np.exp(raw[:, 2:4]) * stride / 2
        scores = raw[:, 4:5] * raw[:, [5 + coco for coco in COCO_TO_OURS]]
        best, kind = scores.max(1), scores.argmax(1)
        keep = best > least
        boxes = np.concatenate([centre - half, centre + half], 1)[keep] / ratio
        boxes = np.clip(boxes, 0, [width, height, width, height])
        return np.column_stack([boxes, best[keep], kind[keep]])


def _grid(size):
    origins, strides = [], []
    for stride in (8, 16, 32):
        n = size // stride
        ys, xs = np.mgrid[:n, :n]
        origins.append(np.stack([xs, ys], -1).reshape(-1, 2))
        strides.append(np.full((n * n, 1), stride))
    return np.concatenate(origins), np.concatenate(strides)
