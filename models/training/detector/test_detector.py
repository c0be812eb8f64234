"""Run with `python3 -m unittest` in this folder."""
import random
import unittest

import numpy as np
import torch
import torch.nn.functional as F

from boxes import PLATE, inside, overlap, suppress
from distil import TOWER_WIDTH, Imitation
from export import Product
from layout import narrowed, plain_stem, widened
from light import weather
from loss import total
from net import STRIDES, Detector
from samples import Painter, part, whole
from stream import collate
from targets import Targets


class Boxes(unittest.TestCase):
    def test_overlap_of_halves(self):
        self.assertAlmostEqual(float(overlap([[0, 0, 10, 10]], [[0, 0, 10, 5]])[0, 0]), 0.5, 5)

    def test_vehicles_suppress_across_classes_and_plates_stay(self):
        rows = np.array([[0, 0, 10, 10, 0.5, 0], [0, 0, 10, 10, 0.9, 3], [0, 0, 10, 10, 0.4, PLATE]], np.float32)
        self.assertEqual(suppress(rows)[:, 5].tolist(), [3, PLATE])

    def test_inside_looks_at_the_centre(self):
        self.assertTrue(inside([8, 8, 14, 10], [0, 0, 12, 12]))
        self.assertFalse(inside([10, 8, 16, 10], [0, 0, 12, 12]))


class Aims(unittest.TestCase):
    def test_sizes_go_to_their_levels(self):
        for side, levels in ((40, {8}), (100, {8, 16}), (200, {16})):
            targets = Targets(320, 320)
            targets.thing([60, 60, 60 + side, 60 + side / 2], 0)
            found = {s for s in STRIDES if (targets.heat[s] == 1).any()}
            self.assertEqual(found, levels, side)

    def test_unknown_regions_do_not_count(self):
        targets = Targets(64, 64)
        targets.unknown([0, 0, 64, 64], 1 << PLATE)
        self.assertEqual(targets.counts[8][PLATE].sum(), 0)
        self.assertEqual(targets.counts[8][0].sum(), 64)


class Samples(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(2)
        crops = [(np.full((20, 80, 3), 200, np.uint8), 1), (np.full((40, 50, 3), 200, np.uint8), 2)]
        self.painter = Painter(crops)
        self.row = dict(source='manaus', width=400, height=240, complete=15, ignore=[], boxes=[[100, 60, 180, 130, 0], [250, 90, 300, 200, 1]])
        self.picture = np.random.default_rng(1).integers(0, 255, (240, 400, 3), dtype=np.uint8)

    def batch(self, place, height, width):
        rows = [self.painter.paint(self.rng, height, width, [place(self.rng, self.row, (0, 0, width, height))], [self.picture]) for _ in range(4)]
        return collate(rows)

    def test_boxes_stay_on_the_canvas(self):
        for place in (part, whole):
            for stride in STRIDES:
                boxes = self.batch(place, 160, 256)[stride][2].numpy()
                self.assertTrue((boxes[:, 4:8] >= -0.01).all() and (boxes[:, [4, 6]] <= 256.01).all() and (boxes[:, [5, 7]] <= 160.01).all())

    def test_weather_keeps_shape_and_type(self):
        for _ in range(30):
            after = weather(self.rng, self.picture, [(50, 50, 4)])
            self.assertEqual((after.shape, after.dtype), (self.picture.shape, np.uint8))

    def test_a_step_lowers_the_loss(self):
        torch.manual_seed(1)
        batch, detector = self.batch(whole, 96, 160), Detector()
        optimizer = torch.optim.Adam(detector.parameters(), 3e-3)
        losses = []
        for _ in range(12):
            heat, box, kind = total(detector(batch['pixels'].float() / 255), batch)
            optimizer.zero_grad()
            (heat + box + kind).backward()
            optimizer.step()
            losses.append(float(heat + box + kind))
        self.assertLess(losses[-1], 0.7 * losses[0])


class Imitates(unittest.TestCase):
    def test_maps_that_tell_the_teachers_lose_little(self):
        torch.manual_seed(2)
        ours, imitation = torch.randn(2, 48, 12, 20), Imitation([48])
        optimizer, losses = torch.optim.Adam(imitation.parameters(), 2e-2), []
        told = torch.cat([torch.einsum('oc,nchw->nohw', torch.randn(TOWER_WIDTH, 48), ours), torch.rand(2, 1, 12, 20)], 1).half()
        for _ in range(60):
            loss = imitation([ours], [told])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss))
        self.assertGreater(losses[0], 0.8)
        self.assertLess(losses[-1], 0.2)


class Contract(unittest.TestCase):
    def test_shapes_and_peaks(self):
        product = Product(Detector().eval())
        with torch.no_grad():
            heat8, box8, heat16, box16 = product(torch.zeros(1, 96, 160, 3, dtype=torch.uint8))
        self.assertEqual([tuple(t.shape) for t in (heat8, box8, heat16, box16)], [(1, 5, 12, 20), (1, 8, 12, 20), (1, 5, 6, 10), (1, 8, 6, 10)])
        self.assertTrue((box8 > 0).all())


class Layout(unittest.TestCase):
    def test_pixels_side_by_side_give_the_same(self):
        picture, kernel = torch.randn(1, 3, 32, 64), torch.randn(5, 3, 3, 3)
        wide = torch.from_numpy(widened(kernel.numpy(), 4))
        blocks = picture.permute(0, 2, 3, 1).reshape(1, 32, 16, 12).permute(0, 3, 1, 2)
        answer = F.conv2d(F.pad(blocks, (1, 0, 1, 0)), wide, stride=(2, 1)).permute(0, 2, 3, 1).reshape(1, 16, 32, 5).permute(0, 3, 1, 2)
        self.assertTrue(torch.allclose(answer, F.conv2d(picture, kernel, stride=2, padding=1), atol=1e-5))
        self.assertTrue(np.array_equal(narrowed(wide.numpy(), 4), kernel.numpy()))

    def test_a_net_that_was_not_laid_out_stays(self):
        kernels = [(np.zeros((16, 3, 3, 3)), np.zeros(16)), (np.zeros((32, 16, 3, 3)), np.zeros(32))]
        self.assertIs(plain_stem(kernels), kernels)


if __name__ == '__main__':
    unittest.main()
