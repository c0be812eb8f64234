"""The one command and what it tells of a run: that models/ changes last, whole and only when asked, and that the words are the run's own."""
import contextlib
import io
import os
import tempfile
import unittest

import make
from describe import card, learnt_from, told


class Words(unittest.TestCase):
    ROWS = [dict(source='bridge', split='train', licence='own', by='people'), dict(source='bridge', split='val', licence='own', by='people')]

    def test_provenance_is_the_runs_own(self):
        run = told(dict(seen=1200, trained=600.0, step=100, begun='detector.onnx (SHA-256 abc…)'), '2027-01-02')
        self.assertIn('1,200 samples in 10 minutes, 100 steps, begun from detector.onnx', run)
        data = learnt_from(self.ROWS, 'detector.onnx (SHA-256 abc…)')
        self.assertIn('1 pictures (bridge 1)', data)
        self.assertIn('what its first weights, detector.onnx', data)
        text = card(self.ROWS, {'look': [736, 448], 'street frames': 'bridge 1', 'vehicles': {'car': 0.5}, 'plates, bridge, at 0.3': '1/1'}, data, run, 'ours')
        self.assertIn('| bridge | 1 | 1 | own 2 | people 2 |', text)
        self.assertIn('| car | 0.500 | – |', text)
        self.assertNotIn('{', text)


class Command(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder, self.data, self.work = (os.path.join(held.name, name) for name in ('bridge', 'none', 'work'))

    def steps(self, *more):
        """Names of the scripts that make.py would run, and their lines."""
        given = ['--data', self.data, '--teachers', 'teachers', '--work', self.work, '--dry-run', *more]
        with contextlib.redirect_stdout(io.StringIO()) as said:
            make.main(make.options_of(given))
        rows = [line for line in said.getvalue().splitlines() if line.startswith('> ')]
        return [next(os.path.basename(part) for part in line.split() if part.endswith(('.py', '.ts'))) for line in rows], rows

    def test_models_change_after_the_measuring_and_only_when_asked(self):
        usual = ['prepare.py', 'teach.py', 'train.py', 'export.py', 'quantise.py', 'evaluate.py', 'describe.py']
        names, rows = self.steps()
        self.assertEqual(names, usual)
        self.assertNotIn('models/detector.onnx', ' '.join(rows))
        names, rows = self.steps('--ship', '--crowd', '2', '--start', 'models/detector.onnx', '--own', 'bridge')
        self.assertEqual(names, ['prepare.py', 'teach.py', 'crowd.ts', 'twin.py', 'start.py', *usual[2:], 'manifest.py'])
        self.assertIn('/bridge', rows[0])

    def test_quick_weights_are_never_shipped(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
            self.steps('--quick', '--ship')

    def test_other_pictures_are_not_taken_for_those_that_were_prepared(self):
        own = [self.folder]
        os.makedirs(self.work), os.makedirs(self.folder)
        with open(os.path.join(self.folder, 'scenes.jsonl'), 'w', encoding='utf8') as file:
            file.write('{}')
        with open(os.path.join(self.work, 'taught'), 'w', encoding='utf8') as file:
            file.write(make.listing(self.data, own))
        self.assertTrue(make.prepared(self.work, self.data, own))
        with self.assertRaisesRegex(SystemExit, 'other lists'):
            make.prepared(self.work, self.data, [])


if __name__ == '__main__':
    unittest.main()
