"""Tests that need no pictures: python3 -m unittest test_reader (from this folder)."""
import unittest

import numpy as np
import torch

from calibrate import as_the_product, doubts, looked
from common import ALPHABET, COLOURS, EMPTY, HEIGHT, SLOTS, UNSURE, WIDTH, decode, encode
from conditions import fit
from degrade import degrade
from glyphs import CHARACTERS, GLYPH_H, draw, random_style
from model import Deployed, Reader
from plates import random_plate
from reads import agreement, ctc_text, tempered
from render import Renderer
from shuffle import row_starts, shuffle
from widen import widened


def rows(scores):
    """One slot each that says the first of ten characters with this probability."""
    return np.stack([scores, *[(1 - scores) / 9] * 9], -1)[:, None, :]


class Texts(unittest.TestCase):
    def test_encode_round_trip(self):
        self.assertEqual(decode(encode("29MD123456")), "29MD123456")
        self.assertEqual((encode("TM1234")[6:] == EMPTY).all(), True)
        with self.assertRaises(ValueError):
            encode("29MD1234567")

    def test_invented_plates_can_be_read(self):
        rng = np.random.default_rng(1)
        seen = set()
        for _ in range(2000):
            p = random_plate(rng)
            seen.add((p.colour, len(p.rows)))
            self.assertLessEqual(len(p.text), SLOTS)
            self.assertTrue(all(c in ALPHABET for c in p.text), p)
            self.assertIn(p.colour, COLOURS)
        self.assertEqual({c for c, _ in seen}, set(COLOURS))


class Pictures(unittest.TestCase):
    def test_every_glyph_is_drawn(self):
        rng = np.random.default_rng(2)
        for c in CHARACTERS:
            g = draw(c, random_style(rng))
            self.assertEqual(g.shape[0], GLYPH_H)
            self.assertGreater((g > 128).mean(), 0.05, c)

    def test_sample_knows_where_its_characters_are(self):
        rng = np.random.default_rng(3)
        canvas, corners, plate, boxes = Renderer(rng, [], styles=2).draw(rng)
        self.assertEqual(len(boxes), len(plate.text))
        crop, seen = degrade(rng, canvas, corners, len(plate.rows), "drawn", 1.0, boxes)
        self.assertEqual(crop.shape, (HEIGHT, WIDTH, 3))
        self.assertEqual(seen.shape, (len(plate.text), 4))

    def test_fit_keeps_brightness(self):
        im = np.full((31, 201, 3), 90, np.uint8)
        self.assertTrue((fit(im) == 90).all())

    def test_shuffle_keeps_the_digits(self):
        rng = np.random.default_rng(4)
        centres = np.float32([[20 + 20 * i, 20] for i in range(8)])
        self.assertEqual(row_starts(centres, 1), [(0, 8)])
        _, text = shuffle(rng, np.zeros((40, 200, 3), np.uint8), "51F12345", centres, 1, 30)
        self.assertEqual(text[:3], "51F")
        self.assertEqual(sorted(text[3:]), list("12345"))


class Outputs(unittest.TestCase):
    def test_shapes_and_sums(self):
        with torch.no_grad():
            probs, ctc, colour, lines = Deployed(Reader().eval())(torch.zeros(2, HEIGHT, WIDTH, 3, dtype=torch.uint8))
        self.assertEqual(tuple(probs.shape), (2, SLOTS, len(ALPHABET)))
        self.assertEqual(tuple(ctc.shape), (2, 64, len(ALPHABET)))
        self.assertEqual((colour.shape[1], lines.shape[1]), (len(COLOURS), 2))
        for out in (probs, ctc, colour, lines):
            self.assertTrue(torch.allclose(out.sum(-1), torch.ones(out.shape[:-1]), atol=1e-4))

    def test_a_widened_net_reads_as_before(self):
        narrow, wide = Reader(c3=48).eval(), Reader().eval()
        wide.load_state_dict(widened(narrow.state_dict()))
        crops = torch.randint(0, 256, (2, HEIGHT, WIDTH, 3), dtype=torch.uint8)
        with torch.no_grad():
            for before, after in zip(narrow(crops)[:5], wide(crops)[:5]):
                self.assertTrue(torch.allclose(before, after, atol=1e-4))

    def test_agreement_is_the_probability_of_the_text(self):
        ctc = np.full((1, 4, len(ALPHABET)), 1e-9, np.float32)
        for t, c in enumerate("A_B_"):
            ctc[0, t, ALPHABET.index(c)] = 1
        self.assertEqual(ctc_text(ctc[0].argmax(-1)), "AB")
        self.assertAlmostEqual(agreement(ctc, ["AB"])[0], 1, places=3)
        self.assertLess(agreement(ctc, ["AC"])[0], 0.01)

    def test_a_second_look_only_where_the_first_leaves_a_doubt(self):
        scores = np.array([0.2, 0.6, 0.9995])
        d = dict(probs0=rows(scores), both0=rows(np.array([0.7, 0.8, 0.9])))
        self.assertTrue(np.allclose(looked(d, 0, 1.0, (0.3, 0.99))[:, 0, 0], [0.2, 0.8, 0.9995]))

    def test_two_views_of_one_sure_look_each_are_fused_as_before(self):
        p = np.random.default_rng(6).dirichlet(np.ones(len(ALPHABET)), (3, SLOTS))
        ctc = np.full((3, 64, len(ALPHABET)), 1 / len(ALPHABET), np.float32)
        d = {f"{head}{k}": v for k in (0, 1) for head, v in (("probs", p), ("both", p), ("ctc", ctc))}
        probs, texts, _ = as_the_product(d, 1.0, (0.0, 1.0))
        self.assertTrue(np.allclose(probs, np.maximum(p, 1e-5) / np.maximum(p, 1e-5).sum(-1, keepdims=True)))
        self.assertEqual(len(texts), 3)

    def test_the_doubt_ends_where_both_looks_would_ask_no_more(self):
        score = np.array([0.12, 0.35, 0.992, 0.9985, 0.9999])
        both = np.array([0.3, 0.6, 0.9, 0.995, 0.9999])
        y = np.array([[1], [0], [0], [0], [0]])
        self.assertEqual(doubts(rows(score), rows(both), y), (0.3, 0.995))

    def test_temperature(self):
        p = np.array([[0.9, 0.1]])
        self.assertTrue(np.allclose(tempered(p, 1.0), p))
        self.assertLess(tempered(p, 2.0)[0, 0], 0.9)
        self.assertEqual(UNSURE > len(ALPHABET), True)


if __name__ == "__main__":
    unittest.main()
