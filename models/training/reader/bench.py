"""Milliseconds a crop on one thread, batch 1. Usage: bench.py file.onnx [file.onnx ...]; rounds alternate between the files."""
import sys
import time

import numpy as np

from reads import Session


def main(paths, rounds=6, each=60):
    sessions = {p: Session(p) for p in paths}
    x = np.random.default_rng(0).integers(0, 255, (1, 64, 128, 3), np.uint8)
    best = {p: [] for p in paths}
    for _ in range(rounds):
        for p, s in sessions.items():
            for _ in range(each):
                t, c = time.perf_counter(), time.process_time()
                s.s.run(None, {s.input: x})
                best[p].append((time.perf_counter() - t, time.process_time() - c))
    for p, v in best.items():
        wall, cpu = np.array(v).T * 1e3
        print(f"{p}: wall median {np.median(wall):.2f} ms, least {wall.min():.2f}; cpu median {np.median(cpu):.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
