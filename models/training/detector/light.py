"""What happens to light between the road and the file: exposure, colour, night, rain, glare, blur, noise, JPEG."""
import math

import cv2
import numpy as np

_STEPS = np.arange(256, dtype=np.float32) / 255
_NOISE = np.random.default_rng(7).normal(0, 1, (512, 1024, 1)).astype(np.float32)


def expose(rng, picture, night):
    """Gain, offset, gamma and a cast of colour, as one table a channel."""
    gain, gamma = math.exp(rng.uniform(-0.45, 0.35)), math.exp(rng.uniform(-0.4, 0.4))
    if night:
        gain, gamma = rng.uniform(0.18, 0.6), rng.uniform(1.0, 1.5)
    lift = rng.uniform(-0.08, 0.1) if not night else rng.uniform(0, 0.04)
    cast = [rng.uniform(0.88, 1.12) for _ in range(3)]
    if night and rng.random() < 0.5:
        cast = [rng.uniform(0.6, 0.85), rng.uniform(0.85, 1), 1.1]
    table = np.stack([np.clip((_STEPS ** gamma * gain * c + lift) * 255, 0, 255) for c in cast], -1).astype(np.uint8)
    return cv2.LUT(picture, table[None])


def grain(rng, picture, strength):
    """Sensor noise, one value for the three channels."""
    height, width = picture.shape[:2]
    tile = _NOISE
    if height > 512 or width > 1024:
        tile = np.tile(_NOISE, (2, 2, 1))
    y, x = rng.randrange(tile.shape[0] - height + 1), rng.randrange(tile.shape[1] - width + 1)
    return np.clip(picture + tile[y:y + height, x:x + width] * strength, 0, 255).astype(np.uint8)


def smear(rng, picture):
    """Motion blur of 3 to 7 pixels in any direction."""
    length, angle = rng.randint(3, 7), rng.uniform(0, math.pi)
    kernel, middle = np.zeros((7, 7), np.float32), 3
    for t in np.linspace(-length / 2, length / 2, 13):
        x, y = middle + t * math.cos(angle), middle + t * math.sin(angle)
        kernel[min(6, max(0, round(y))), min(6, max(0, round(x)))] += 1
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def rain(rng, picture):
    """Bright slanted streaks and less contrast."""
    height, width = picture.shape[:2]
    veil = np.zeros((height, width), np.uint8)
    slant = rng.uniform(-0.3, 0.3)
    for _ in range(rng.randint(30, 140)):
        x, y, length = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(6, 26)
        cv2.line(veil, (int(x), int(y)), (int(x + slant * length), int(y + length)), rng.randint(40, 140), 1, cv2.LINE_AA)
    grey = np.full_like(picture, rng.randint(90, 170))
    hazy = cv2.addWeighted(picture, 0.8, grey, 0.2, 0)
    return cv2.add(hazy, cv2.merge([veil] * 3))


def glare(rng, picture, spots):
    """Round lamps with a halo at the given points."""
    height, width = picture.shape[:2]
    layer = np.zeros((height // 4, width // 4), np.float32)
    for x, y, radius in spots:
        cv2.circle(layer, (int(x / 4), int(y / 4)), max(1, int(radius / 4)), 255, -1)
    halo = cv2.GaussianBlur(layer, (0, 0), rng.uniform(1.5, 4)) * rng.uniform(0.7, 1.5)
    halo = cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(picture + halo[..., None], 0, 255).astype(np.uint8)


def squeeze(rng, picture):
    """JPEG at a poor quality."""
    _, data = cv2.imencode('.jpg', picture, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(18, 65)])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def small(rng, picture):
    """Shrunk and blown up again, as a cheap camera's zoom does."""
    height, width = picture.shape[:2]
    factor = rng.uniform(0.45, 0.8)
    shrunk = cv2.resize(picture, (int(width * factor), int(height * factor)), interpolation=cv2.INTER_AREA)
    return cv2.resize(shrunk, (width, height), interpolation=cv2.INTER_LINEAR)


def weather(rng, picture, lamps=()):
    """All of it, each by its own chance. `lamps`: x, y, radius of where headlamps may be."""
    night = rng.random() < 0.14
    if rng.random() < 0.85 or night:
        picture = expose(rng, picture, night)
    if rng.random() < 0.08:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        picture = cv2.merge([grey] * 3)
    if lamps and rng.random() < (0.6 if night else 0.03):
        picture = glare(rng, picture, lamps)
    if rng.random() < 0.05:
        picture = rain(rng, picture)
    kind = rng.random()
    if kind < 0.12:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.3))
    elif kind < 0.2:
        picture = smear(rng, picture)
    elif kind < 0.3:
        picture = small(rng, picture)
    if rng.random() < (0.7 if night else 0.2):
        picture = grain(rng, picture, rng.uniform(2, 10))
    if rng.random() < 0.2:
        picture = squeeze(rng, picture)
    return picture
