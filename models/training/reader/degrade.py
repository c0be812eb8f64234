"""What a road does to a plate's picture: view, light, movement, distance, compression. One chain for drawn and real plates."""
import cv2
import numpy as np

from common import HEIGHT as H
from common import WIDTH as W
from render import clouds


def motion_kernel(length, angle):
    """Normalised line kernel of `length` px at `angle` degrees."""
    n = int(np.ceil(length)) | 1
    n = max(3, n + 2)
    big = np.zeros((n * 8, n * 8), np.float32)
    c, a = n * 4, np.deg2rad(angle)
    dx, dy = np.cos(a) * length * 4, np.sin(a) * length * 4
    cv2.line(big, (int(c - dx), int(c - dy)), (int(c + dx), int(c + dy)), 1.0, 7)
    k = cv2.resize(big, (n, n), interpolation=cv2.INTER_AREA)
    return k / k.sum()


def view(rng, corners, rows, kind):
    """A random view of the plate -> (homography to the crop, aspect, mean plate height in crop px, plate width in crop px).

    `kind`: drawn | scene (box known, context around) | crop (already cut by its author, no context).
    """
    q = corners
    w0 = (np.linalg.norm(q[1] - q[0]) + np.linalg.norm(q[2] - q[3])) / 2
    h0 = (np.linalg.norm(q[3] - q[0]) + np.linalg.norm(q[2] - q[1])) / 2
    aspect = w0 / h0 * rng.uniform(0.86, 1.14)
    p = np.float32([[0, 0], [aspect, 0], [aspect, 1], [0, 1]])
    turn = np.deg2rad(np.clip(rng.normal(0, 4.5 if kind == "drawn" else 2.5), -14, 14))
    lean = rng.normal(0, 0.09 if kind == "drawn" else 0.05)
    tilt = rng.normal(0, 0.03 if kind == "drawn" else 0.015)
    if rng.random() < 0.12:
        turn, lean = turn * 2, lean * 2.2
    p = p @ np.float32([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) @ np.float32([[1, tilt], [lean, 1]])
    if rng.random() < 0.6:
        p = p + rng.normal(0, 0.025, (4, 2)) * [min(aspect, 2), 1]
    lo, hi = p.min(0), p.max(0)
    bw, bh = hi - lo
    if kind == "crop":
        m = rng.uniform(-0.03, 0.10, 4)
    elif rng.random() < 0.5:
        m = rng.uniform(0.02, 0.13, 4)
    else:
        m = rng.uniform(-0.03, 0.30 if rng.random() < 0.5 else 0.18, 4)
    if rows == 1:
        m[1::2] *= 1.5
    if kind == "drawn" and rng.random() < 0.06:
        m[int(rng.choice([0, 0, 2, 2, 1, 3]))] = -rng.uniform(0.03, 0.14)
    x0, x1, y0, y1 = lo[0] - m[0] * bw, hi[0] + m[2] * bw, lo[1] - m[1] * bh, hi[1] + m[3] * bh
    target = ((p - [x0, y0]) / [x1 - x0, y1 - y0] * [W, H]).astype(np.float32)
    mat = cv2.getPerspectiveTransform(q.astype(np.float32), target)
    ph = (np.linalg.norm(target[3] - target[0]) + np.linalg.norm(target[2] - target[1])) / 2
    pw = (np.linalg.norm(target[1] - target[0]) + np.linalg.norm(target[2] - target[3])) / 2
    return mat, aspect, ph, pw, w0 / max(8, pw), h0 / max(8, ph)


def light(rng, im):
    """Shading, a shadow's edge, glare."""
    if rng.random() < 0.25:
        im = im + ((clouds(rng, H, W, 3) - 0.5) * rng.uniform(0, 120))[:, :, None]
    if rng.random() < 0.18:
        a, b, d = rng.normal(size=3)
        yy, xx = np.mgrid[0:H, 0:W]
        dark = ((xx / W - 0.5) * a + (yy / H - 0.5) * b + d * 0.2) > 0
        if rng.random() < 0.4:
            edge = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), rng.uniform(0.8, 5))[:, :, None]
            im = im * (1 - edge * (1 - rng.uniform(0.2, 0.8)))
        else:
            im = np.where(dark[:, :, None], im * rng.uniform(0.25, 0.8), im)
    if rng.random() < 0.10:
        cx, cy, r = rng.uniform(0, W), rng.uniform(0, H), rng.uniform(6, 28)
        yy, xx = np.mgrid[0:H, 0:W]
        im = im + (rng.uniform(50, 230) * np.exp(-((xx - cx) ** 2 + (yy - cy) ** 2 * 2) / (2 * r * r)))[:, :, None]
    return im


def smear(rng, im, length):
    angle = rng.normal(0, 12) if rng.random() < 0.7 else rng.uniform(0, 180)
    return cv2.filter2D(im, -1, motion_kernel(length, angle), borderType=cv2.BORDER_REPLICATE)


def expose(rng, im, severity):
    """Contrast, gamma, darkness, white balance, noise."""
    u = rng.random()
    noise = rng.uniform(0, 5) if rng.random() < 0.6 else rng.uniform(3, 13) * (0.4 + 0.6 * severity)
    if u < 0.34:
        im = (im - 128) * rng.uniform(0.45, 1.3) + 128 + rng.uniform(-40, 40)
    elif u < 0.5:
        im = 255 * (np.clip(im, 0, 255) / 255) ** rng.uniform(0.4, 2.6)
    elif u < 0.5 + 0.28 * severity:
        gain = np.exp(rng.uniform(np.log(0.08), np.log(0.6)))
        im = im * gain + rng.uniform(0, 12)
        noise = rng.uniform(0.3, min(9, 2 + 32 * gain))
    elif u < 0.84:
        im = np.clip(im * rng.uniform(1.0, 1.7), 0, 255)
    if rng.random() < 0.3:
        im = im * np.float32(1 + rng.normal(0, 0.07, 3))
    if rng.random() < 0.6:
        grain = rng.standard_normal((im.shape[0], im.shape[1], 1 if rng.random() < 0.5 else 3), dtype=np.float32)
        if rng.random() < 0.25:
            grain = cv2.GaussianBlur(grain, (0, 0), 0.8).reshape(grain.shape) * 2
        im = im + grain * noise
    return im


def jpeg(im, quality):
    return cv2.imdecode(cv2.imencode(".jpg", im, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1], cv2.IMREAD_COLOR)


def degrade(rng, source, corners, rows, kind, severity, boxes=None):
    """Warp and spoil -> (uint8 RGB [H,W,3], character boxes in crop shares [n,4] or None). `severity` 0..1 is the chance and strength of hard conditions."""
    mat, aspect, ph, pw, rx, ry = view(rng, corners, rows, kind)
    if max(rx, ry) > 1.35:
        source = cv2.GaussianBlur(source, (0, 0), sigmaX=max(0.1, 0.36 * rx), sigmaY=max(0.1, 0.36 * ry))
    border = cv2.BORDER_REPLICATE if rng.random() < 0.8 else cv2.BORDER_CONSTANT
    fill = (0.0, 0.0, 0.0) if rng.random() < 0.5 else tuple(float(v) for v in rng.uniform(0, 255, 3))
    im = cv2.warpPerspective(source, mat, (W, H), flags=cv2.INTER_LINEAR, borderMode=border, borderValue=fill).astype(np.float32)
    im = light(rng, im)
    hard = rng.random() < 0.15 + 0.75 * severity
    length, small = 0.0, False
    if hard and rng.random() < 0.38:
        length = rng.uniform(1, 11)
        im = smear(rng, im, length)
    elif hard and rng.random() < 0.3:
        sigma = rng.uniform(0.4, 2.3) * (1 if rng.random() < 0.7 else 1.4)
        im = cv2.GaussianBlur(im, (0, 0), sigma)
        length = sigma * 2.5
    if hard and rng.random() < 0.72:
        # What is smeared already is not shrunk to nothing as well: no one could read it, so it teaches nothing.
        lo, hi = (8, 34) if rows == 1 else (16, 66)
        lo = min(lo * (1 + length / 8), hi * 0.7)
        native = np.exp(rng.uniform(np.log(lo), np.log(hi)))
        small = native < lo * 1.5
        hn = int(np.clip(round(H * native / ph), 6, H))
        wn = int(np.clip(round(W * native * aspect / pw), 14, W))
        im = cv2.resize(im, (wn, hn), interpolation=cv2.INTER_AREA if rng.random() < 0.75 else cv2.INTER_LINEAR)
        if length == 0 and rng.random() < 0.15:
            im = smear(rng, im, rng.uniform(1, min(9, max(2, 0.075 * wn))))
    im = np.clip(expose(rng, im, severity), 0, 255).astype(np.uint8)
    if rng.random() < 0.45:
        im = jpeg(im, rng.uniform(22 if small or length > 5 else 10, 80))
    if rng.random() < 0.12:
        k = rng.uniform(0.1, 0.5)
        im = cv2.filter2D(im, -1, np.float32([[0, -k, 0], [-k, 1 + 4 * k, -k], [0, -k, 0]]))
    if im.shape[:2] != (H, W):
        u = rng.random()
        im = cv2.resize(im, (W, H), interpolation=cv2.INTER_LINEAR if u < 0.75 else cv2.INTER_CUBIC if u < 0.92 else cv2.INTER_NEAREST)
    if rng.random() < 0.12 * severity:
        im = jpeg(im, rng.uniform(12, 80))
    if boxes is None:
        return im, None
    quad = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 1, 2)
    pts = cv2.perspectiveTransform(quad, mat).reshape(-1, 4, 2) / np.float32([W, H])
    return im, np.concatenate([pts.min(1), pts.max(1)], 1)
