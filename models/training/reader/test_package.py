"""Entry and card of a run on somebody's own plates say his plates and his run, and nothing of ours."""
import json
import os
import re
import tempfile
import unittest
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch

import card
from conditions import CONDITIONS
from package import entry, main
from provenance import begun_from, learnt_from, run_of, told

PLATE = dict(file="1.png", bbox=None, text="59X112345", lines=2, domain="gate", split="train", country="VN", licence="own")
CALIBRATION = dict(temperature=1.0, ask=[0.3, 0.99], accept=0.99, char=0.5, ctcAgree=0.9, minRowPx=10.5, minSharpness=0.0, minLight=0.0, kept=3, wrong=1, reads=9,
                   cleanKept=0.5, cleanKeptPhotos=None, ece=0.1, reliability=[[0.2, 0.4, 1, 0.3, 0.0]], byCondition={name: [1, 0] for name in CONDITIONS},
                   wrongReads=[["as is", "59X112345", "59X112346", 0.99]])


class Told(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.data = self.run_folder = held.name
        os.mkdir(os.path.join(self.data, "plates"))
        self.write("plates/plates.jsonl", "".join(json.dumps(dict(PLATE, split=split)) + "\n" for split in ("train", "train", "val")))
        options = SimpleNamespace(data=self.data, batch=64, lr=1e-3, real_share=0.45, init=self.write("earlier.pt", "weights"))
        self.told = told(run_of(options, begun_from(options), 20, 1280, 600))

    def write(self, name, text):
        path = os.path.join(self.data, name)
        with open(path, "w", encoding="utf8") as f:
            f.write(text)
        return path

    def test_entry(self):
        made = entry(CALIBRATION, "mine", learnt_from(self.data, "earlier.pt"), self.told)
        self.assertTrue(made["data"].endswith("what its first weights, earlier.pt, had learnt from"))
        self.assertIn("2 labelled plates (gate 2); licences as the list states them: own 2", made["data"])
        self.assertRegex(made["trainingRun"], r"1,280 samples in 10 minutes, batch 64, begun from earlier.pt \(SHA-256 [0-9a-f]{12}")
        self.assertEqual(made["licence"], "mine")

    def test_weights_that_read_nothing_are_not_shipped(self):
        self.write("entry.json", "{}")
        for kept in (0, 3):
            self.write("calibration.json", json.dumps(dict(CALIBRATION, kept=kept)))
            with self.subTest(kept=kept), patch("sys.argv", ["package.py", self.run_folder, "--ship"]), patch("package.put") as put:
                with self.assertRaisesRegex(SystemExit, "not shipped") if kept == 0 else nullcontext():
                    main()
                self.assertEqual(put.called, kept > 0)

    def test_drawn_plates_alone(self):
        self.write("plates/plates.jsonl", "")
        self.assertIn("no real ones", learnt_from(self.data))

    def test_card(self):
        group = {"gate 2 rows": dict(n=1, exact=100.0)}
        self.write("calibration.json", json.dumps(CALIBRATION))
        self.write("evaluation.txt", "a table\n" + json.dumps({"ours": {name: group for name in CONDITIONS}}))
        self.write("run.json", json.dumps(run_of(SimpleNamespace(data=self.data, batch=64, lr=1e-3, real_share=0.45, init=None), None, 20, 1280, 600)))
        self.write("log.jsonl", json.dumps(dict(minutes=1, seen=64, clean=0.0, clean_ctc=0.0, clean_photo=None, hard=0.0, hard_ctc=0.0, hard_photo=None)) + "\n")
        self.write("bench.txt", "1 ms")
        card.main(self.run_folder, self.data)
        with open(os.path.join(self.run_folder, "card.md"), encoding="utf8") as f:
            text = f.read()
        self.assertEqual(re.findall("{{.*?}}", text), [])
        self.assertIn("1 labelled pictures (gate 1)", text)
        self.assertIn("of the clean photographs: none there", text)
        for ours in ("2,217", "study", "public reader", "390,000", "59X1"):
            self.assertNotIn(ours, text, "another run's figures, or somebody's plate")


if __name__ == "__main__":
    unittest.main()
