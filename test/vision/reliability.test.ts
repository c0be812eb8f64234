import t from 'tap';
import { reliabilityOf } from '../../bench/reading/reliability.js';

const claims = (confidence: number, right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ confidence, exact: true })),
  ...Array.from({ length: wrong }, () => ({ confidence, exact: false })),
];

t.test('scores that keep what they promise have no calibration error', async (t) => {
  const { expectedCalibrationError, bands } = reliabilityOf([...claims(0.75, 3, 1), ...claims(1, 5, 0)]);
  t.equal(expectedCalibrationError, 0);
  t.strictSame(bands, [
    { from: 0.6, to: 0.8, reads: 4, meanScore: 0.75, right: 0.75 },
    { from: 0.995, to: 1, reads: 5, meanScore: 1, right: 1 },
  ]);
});

t.test('each band counts by its reads, and no read falls between two', async (t) => {
  const boasts = [...claims(0.95, 1, 1), ...claims(0.5, 6, 0)];
  t.ok(Math.abs(reliabilityOf(boasts).expectedCalibrationError - (2 * 0.45 + 6 * 0.5) / 8) < 1e-9);
  const edges = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1].flatMap((p) => claims(p, 1, 0));
  t.equal(
    reliabilityOf(edges).bands.reduce((sum, one) => sum + one.reads, 0),
    edges.length,
  );
  t.strictSame(reliabilityOf([]), { expectedCalibrationError: 0, bands: [] });
});
