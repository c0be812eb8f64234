"""What goes into models/ together: python3 -m unittest (from this folder)."""
import json
import os
import tempfile
import unittest

from manifest import put
from origin import sha256, tally


class Puts(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.models, self.work = os.path.join(held.name, "models"), os.path.join(held.name, "work")
        os.mkdir(self.models), os.mkdir(self.work)
        self.net, self.second = self.file("net.onnx", "a new net"), self.file("second.onnx", "a new look")
        self.entry = dict(file="net.onnx", sha256="", secondLook=dict(file="second.onnx", sha256=""), licence="mine")
        with open(os.path.join(self.models, "manifest.json"), "w") as f:
            json.dump({"models": {"other": {"file": "o"}}}, f)
        with open(os.path.join(self.models, "net.onnx"), "w") as f:
            f.write("the old net")

    def file(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def manifest(self):
        with open(os.path.join(self.models, "manifest.json")) as f:
            return json.load(f)["models"]

    def test_files_card_and_hashes_go_together(self):
        put("reader", self.entry, {"net.onnx": self.net, "second.onnx": self.second, "cards/net.md": self.file("card.md", "#")}, self.models)
        entry = self.manifest()["reader"]
        self.assertEqual(list(self.manifest()), ["other", "reader"])
        self.assertEqual(entry["sha256"], sha256(os.path.join(self.models, "net.onnx")))
        self.assertEqual(entry["secondLook"]["sha256"], sha256(os.path.join(self.models, "second.onnx")))
        self.assertEqual(sorted(os.listdir(self.models)), ["cards", "manifest.json", "net.onnx", "second.onnx"])

    def test_what_fails_leaves_models_as_it_was(self):
        with self.assertRaises(FileNotFoundError):
            put("reader", self.entry, {"net.onnx": self.net, "second.onnx": self.work + "/nothing"}, self.models)
        self.assertEqual(list(self.manifest()), ["other"])
        with open(os.path.join(self.models, "net.onnx")) as f:
            self.assertEqual(f.read(), "the old net")


class Words(unittest.TestCase):
    def test_tally(self):
        self.assertEqual(tally(["a", "b", "b", *["c"] * 1200]), "c 1,200, b 2, a 1")


if __name__ == "__main__":
    unittest.main()
