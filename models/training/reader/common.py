"""Words every file of the reader's training agrees on: crop size, alphabet, slots, colours."""
import numpy as np

HEIGHT, WIDTH = 64, 128
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
EMPTY = ALPHABET.index("_")
SLOTS = 10
COLOURS = ["white", "yellow", "blue", "red", "other"]
UNSURE = 255
"""In a label: no claim about this slot (cut by the crop edge), or about this colour."""


def encode(text):
    """`text` (A-Z0-9, at most SLOTS characters) -> uint8 [SLOTS], left-aligned, padded with EMPTY."""
    if len(text) > SLOTS:
        raise ValueError(f"plate text longer than {SLOTS} characters: {text}")
    return np.array([ALPHABET.index(c) for c in text] + [EMPTY] * (SLOTS - len(text)), np.uint8)


def decode(indices):
    """Indices into ALPHABET -> text without the empty slots."""
    return "".join(ALPHABET[i] for i in indices if i != EMPTY)
