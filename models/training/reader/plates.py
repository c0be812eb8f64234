"""Invented plate texts of every kind a Vietnamese road shows, rare kinds drawn more often than they are met.

Shapes and colours follow Thông tư 79/2024/TT-BCA (see ../shared/domain/plate_formats.json): civil
cars and motorcycles old and new, MĐ electric motorcycles, yellow and blue plates, joint-venture and
other two-letter series, trailers, diplomatic, military, temporary and event plates.
"""
from dataclasses import dataclass

SERIES = "ABCDEFGHKLMNPSTUVXYZ"
SECOND = SERIES + "R"
ANY_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TWO_LETTER = ["LD", "DA", "KT", "CD", "HC", "RM", "MK", "CT", "LB", "TĐ"]
FOREIGN = ["NG", "QT", "NN", "CV"]


@dataclass
class Plate:
    """`rows` as printed (with dashes and dots); `form` long | short | moto; `colour` of the ground; `red_letters` for NG and QT."""

    rows: list
    form: str
    colour: str
    red_letters: bool = False

    @property
    def text(self):
        """The text to be read: A-Z0-9, Đ folded to D."""
        return "".join(c for row in self.rows for c in row if c not in "-.").replace("Đ", "D")


def pick(rng, seq):
    return seq[int(rng.integers(len(seq)))]


def digits(rng, n):
    if rng.random() < 0.12:
        return str(rng.integers(10)) * n
    return "".join(str(d) for d in rng.integers(0, 10, n))


def place(rng):
    return f"{rng.integers(11, 100):02d}"


def serial(rng, n):
    d = digits(rng, n)
    if n == 5:
        return d[:3] + "." + d[3:] if rng.random() < 0.88 else d
    return d[:2] + "-" + d[2:] if rng.random() < 0.08 else d


def old_series(rng):
    """Series letter of an old motorcycle: R was issued, others now and then."""
    return pick(rng, SECOND) if rng.random() < 0.85 else pick(rng, ANY_LETTER + "RR")


def civil_colour(rng):
    u = rng.random()
    return "white" if u < 0.68 else "yellow" if u < 0.82 else "blue" if u < 0.95 else "other"


def car(rng):
    """One- or two-row car, trailer, diplomatic, military, temporary or event plate."""
    form = "long" if rng.random() < 0.62 else "short"
    join = lambda a, b: [a + ("-" if rng.random() < 0.88 else "") + b] if form == "long" else [a, b]
    u = rng.random()
    if u < 0.58:
        letter = pick(rng, SERIES) if rng.random() < 0.9 else pick(rng, ANY_LETTER)
        return Plate(join(place(rng) + letter, serial(rng, 5)), form, civil_colour(rng))
    if u < 0.68:
        return Plate(join(place(rng) + pick(rng, SERIES), serial(rng, 4)), form, "white" if rng.random() < 0.8 else civil_colour(rng))
    if u < 0.80:
        return Plate(join(place(rng) + pick(rng, TWO_LETTER), serial(rng, 5 if rng.random() < 0.7 else 4)), form, civil_colour(rng))
    if u < 0.87:
        code, tail = pick(rng, FOREIGN), digits(rng, 2)
        red = code in ("NG", "QT")
        if form == "long":
            return Plate([f"{place(rng)}-{digits(rng, 3)}-{code}-{tail}"], form, "white", red)
        rows = [f"{place(rng)}-{digits(rng, 3)}", f"{code}-{tail}"] if rng.random() < 0.5 else [f"{place(rng)}-{code}", f"{digits(rng, 3)}-{tail}"]
        return Plate(rows, form, "white", red)
    if u < 0.93:
        a, b = pick(rng, ANY_LETTER) + pick(rng, ANY_LETTER), digits(rng, 4)
        b = b[:2] + "-" + b[2:] if rng.random() < 0.75 else b
        return Plate([a + ("-" if rng.random() < 0.8 else "") + b] if form == "long" else [a, b], form, "red")
    if u < 0.955:
        return Plate(join("T" + place(rng), serial(rng, 5)), form, "white")
    if u < 0.97:
        return Plate(join(place(rng), serial(rng, 5)), form, "blue")
    n = int(rng.integers(5, 10))
    row = "".join(pick(rng, ANY_LETTER + "0123456789") for _ in range(n))
    return Plate([row] if form == "long" else [row[: n // 2], row[n // 2 :]], form, pick(rng, ["white", "yellow", "other", "blue", "red"]))


def motorcycle(rng):
    """Two-row motorcycle plate."""
    u = rng.random()
    colour = "white" if rng.random() < 0.88 else pick(rng, ["blue", "blue", "yellow", "other"])
    dash = "-" if rng.random() < 0.9 else ""
    if u < 0.36:
        return Plate([place(rng) + dash + old_series(rng) + str(rng.integers(1, 10)), serial(rng, 5)], "moto", colour)
    if u < 0.58:
        return Plate([place(rng) + dash + pick(rng, SERIES) + pick(rng, SECOND), serial(rng, 5)], "moto", colour)
    if u < 0.73:
        second = str(rng.integers(1, 10)) if rng.random() < 0.7 else pick(rng, ANY_LETTER)
        return Plate([place(rng) + dash + old_series(rng) + second, serial(rng, 4)], "moto", "white")
    if u < 0.89:
        return Plate([place(rng) + dash + "MĐ" + str(rng.integers(1, 10)), serial(rng, 5)], "moto", "white" if rng.random() < 0.9 else colour)
    if u < 0.92:
        code = pick(rng, FOREIGN)
        return Plate([f"{place(rng)}-{digits(rng, 3)}", f"{code}-{digits(rng, 3)}"], "moto", "white", code in ("NG", "QT"))
    if u < 0.97:
        return Plate([pick(rng, ANY_LETTER) + pick(rng, ANY_LETTER), digits(rng, 2) + "-" + digits(rng, 2)], "moto", "red")
    if u < 0.985:
        return Plate(["T" + place(rng), serial(rng, 5)], "moto", "white")
    return Plate(["".join(pick(rng, ANY_LETTER + "0123456789") for _ in range(4)), digits(rng, 5)], "moto", colour)


def random_plate(rng):
    """One invented plate; about 6 of 10 are cars and 4 of 10 motorcycles."""
    return car(rng) if rng.random() < 0.6 else motorcycle(rng)
