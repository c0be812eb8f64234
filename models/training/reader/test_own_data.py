"""An agency's own list of plates, in the shapes that lists have: photographs or none, one-row plates or none, crops only, nothing at all."""
import json
import os
import sys
import tempfile
import unittest
from functools import partial
from unittest import mock

import cv2
import numpy as np

import claim
import real
import samples
from renderers import Renderers
from train import examine, merit


def write(folder, plates):
    """A data folder of one picture a plate; `plates`: dicts that change the fields of a two-row gate plate."""
    os.makedirs(os.path.join(folder, "plates"), exist_ok=True)
    with open(os.path.join(folder, "plates", "plates.jsonl"), "w") as f:
        for k, plate in enumerate(plates):
            row = dict(file=f"{k}.png", bbox=[30, 20, 90, 70], text="59X112345", lines=2, domain="gate", split="train", country="VN")
            cv2.imwrite(os.path.join(folder, "plates", f"{k}.png"), np.full((100, 120, 3), 90, np.uint8))
            f.write(json.dumps(dict(row, **plate)) + "\n")
    return folder


class WithFolder(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.data, self.pool = os.path.join(held.name, "data"), os.path.join(held.name, "pool")


class Lists(WithFolder):
    @mock.patch("samples.Renderer", partial(samples.Renderer, styles=1))
    def drawn_from(self, plates, **places):
        s = samples.Samples(write(self.data, plates), 1, places)
        return s, [s.draw(1.0, 1.0) for _ in range(12)]

    def test_no_photographs_and_no_one_row_plates(self):
        s, drawn = self.drawn_from([{}, {}])
        self.assertEqual([len(group) for _, group in s.groups], [2])
        self.assertEqual({rows for *_, rows in drawn}, {1})

    def test_photographs_alone(self):
        self.assertEqual([len(group) for _, group in self.drawn_from([dict(domain="photos")])[0].groups], [1])

    def test_crops_alone_have_no_background(self):
        s, _ = self.drawn_from([dict(bbox=None)])
        self.assertEqual(s.renderer.backgrounds, [])

    def test_an_empty_list_leaves_all_to_drawn_plates(self):
        self.assertEqual(len(self.drawn_from([])[1]), 12)

    def test_places_go_to_the_plate_that_they_were_found_on(self):
        key = real.load(write(self.data, [{}, {}]), "train")[1]["key"]
        s, _ = self.drawn_from([dict(file="1.png"), dict(file="0.png")], **{key: [[k, 9] for k in range(9)]})
        self.assertEqual(["centres" in p for p in s.groups[0][1]], [True, False])


class Claims(WithFolder):
    def kept(self, **how):
        """Whether what the pool holds outlives a claim."""
        paths = [os.path.join(self.pool, name) for name in claim.MADE_FROM_DATA]
        os.makedirs(self.pool, exist_ok=True)
        for path in paths:
            open(path, "w").close()
        claim.claim(self.pool, self.data, **how).close()
        return [os.path.exists(path) for path in paths]

    def test_a_new_run_takes_nothing_over_and_a_resumed_one_its_own(self):
        write(self.data, [{}])
        self.assertEqual(self.kept(), [False, False])
        self.assertEqual(self.kept(resume=True), [True, True])
        write(self.data, [{}, {}])
        self.assertEqual(self.kept(resume=True), [False, False], "the list has changed")

    def test_samples_of_other_data_are_refused(self):
        write(self.data, [{}])
        with self.assertRaisesRegex(SystemExit, "not of"):
            self.kept(keep_ring=True)

    def test_one_training_a_pool(self):
        write(self.data, [{}])
        with claim.claim(self.pool, self.data), self.assertRaisesRegex(SystemExit, "another training"):
            claim.claim(self.pool, self.data)

    def test_a_ring_that_does_not_fit_is_said_at_once(self):
        write(self.data, [{}])
        with mock.patch("shutil.disk_usage", return_value=mock.Mock(free=64_000_000)), self.assertRaisesRegex(SystemExit, "64 MB are free"):
            claim.claim(self.pool, self.data)


class Watching(unittest.TestCase):
    def test_a_renderer_that_ends_ends_the_wait(self):
        renderers = Renderers([[sys.executable, "-c", "raise SystemExit(7)"]])
        renderers.start()
        with self.assertRaisesRegex(SystemExit, "exit code 7"):
            renderers.wait_for(lambda: False, 0.01)
        renderers.stop()

    def test_a_val_split_without_photographs_still_chooses(self):
        val = dict(clean=np.zeros((1, 64, 128, 3), np.uint8), hard=np.zeros((2, 64, 128, 3), np.uint8), text=np.zeros((1, 10), np.uint8), photo=np.array([False]))
        from model import Reader
        scores = examine(Reader(), val)
        self.assertIsNone(scores["hard_photo"])
        self.assertGreaterEqual(merit(scores), 0)
        self.assertEqual(merit(dict(clean=90, hard=60, hard_photo=40)), 170)


if __name__ == "__main__":
    unittest.main()
