"""What is asked for at the start, and the thin data that a quick run takes."""
import unittest

from few import thin
from needs import ask, missing


class Needs(unittest.TestCase):
    def test_what_is_missing_is_named_with_its_reason(self):
        self.assertEqual(missing(["json"], [__file__]), [])
        with self.assertRaisesRegex(SystemExit, "no_such_package cannot be imported .*requirements.txt\n- /no/such/list"):
            ask("json", "no_such_package", files=["/no/such/list"])


class Few(unittest.TestCase):
    def test_a_few_of_every_kind(self):
        plates = [dict(domain=domain, split=split, bbox=box) for domain in "ab" for split in ("train", "val") for box in (None, [1]) for _ in range(9)]
        self.assertEqual(len(thin(plates, 2)), 16)
        self.assertEqual(len(thin([dict(fps=25)] * 4, 3)), 1)


if __name__ == "__main__":
    unittest.main()
