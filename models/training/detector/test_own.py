"""An agency's own pictures: that they are prepared, drawn and measured, also without any public ones."""
import contextlib
import io
import json
import os
import tempfile
import unittest

import cv2
import numpy as np

from evaluate import operating_points, plate_val, street_val, vehicle_scores
from look import first_look
from prepare import PLATES, VEHICLES, Cache, add_streets
from samples import Painter
from stream import SOURCE_WEIGHT, Pictures

EVERY = ['car', 'motorcycle', 'bus', 'truck', 'plate']


def pictures(*sources):
    """Pictures of one row a source, without pixels."""
    made = Pictures.__new__(Pictures)
    made.rows = [dict(source=source, boxes=[]) for source in sources]
    return made


class WithFolder(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = os.path.join(held.name, 'bridge')
        self.data, self.work = os.path.join(held.name, 'none'), os.path.join(held.name, 'work')

    def own(self, *frames):
        """An agency's folder; `frames`: what differs from a val frame with one car and its plate."""
        os.makedirs(self.folder)
        with open(os.path.join(self.folder, 'scenes.jsonl'), 'w', encoding='utf8') as file:
            for i, frame in enumerate(frames):
                cv2.imwrite(os.path.join(self.folder, f'{i}.png'), np.full((60, 100, 3), 90, np.uint8))
                boxes = [dict(cls='car', xyxy=[10, 10, 60, 50]), dict(cls='plate', xyxy=[30, 40, 40, 44])]
                file.write(json.dumps(dict(dict(file=f'{i}.png', split='val', boxes=boxes, exhaustive_classes=EVERY), **frame)) + '\n')
        return [self.folder]


class Own(WithFolder):
    def test_a_source_that_no_table_names_is_drawn(self):
        shares = pictures('dhaka', 'bridge', 'twin').shares(SOURCE_WEIGHT)
        self.assertAlmostEqual(shares['twin'][1], 0.14)
        self.assertAlmostEqual(shares['bridge'][1], shares['dhaka'][1])

    def test_the_twin_alone_is_drawn(self):
        self.assertEqual(pictures('twin', 'twin').shares(SOURCE_WEIGHT)['twin'], (2, 1.0))

    def test_own_frames_alone_are_prepared(self):
        cache = Cache(os.path.join(self.work, 'real'))
        with contextlib.redirect_stdout(io.StringIO()) as said:
            add_streets(cache, self.data, self.own({}, dict(split='train', source='gate 4', exhaustive_classes=['car'])))
        cache.close()
        self.assertIn('not there, left out', said.getvalue())
        self.assertEqual([(row['source'], row['complete']) for row in cache.rows], [('bridge', VEHICLES | PLATES), ('gate 4', 1)])
        self.assertEqual(cache.rows[0]['file'], 'bridge/0.png')

    def test_own_val_frames_are_measured(self):
        own = self.own({}, dict(split='train'), dict(exhaustive_classes=['helmet']))
        with contextlib.redirect_stdout(io.StringIO()):
            records, plates = street_val(self.data, own), plate_val(self.data, own, (736, 448))
        self.assertEqual([record['file'] for record in records], ['bridge/0.png'])
        self.assertEqual([(name, len(scenes), look) for name, scenes, look in plates], [('bridge', 1, (736, 448))])
        scores = vehicle_scores(records, [np.float32([[10, 10, 60, 50, 0.9, 0]])])
        self.assertEqual((scores['car'], scores['any, bridge'], 'bus' in scores), (1.0, 1.0, False))

    def test_the_look_is_the_manifests_unless_told(self):
        self.assertEqual([first_look(width) for width in (640, 736)], [(640, 384), (736, 448)])

    def test_no_street_frame_divides_nothing_by_zero(self):
        self.assertEqual(operating_points([], [])['recall at 0.35'], 0)

    def test_without_plates_to_paste_none_is_pasted(self):
        self.assertIsNone(Painter([])._paste(None, None, [0, 0, 100, 100], 1))


if __name__ == '__main__':
    unittest.main()
