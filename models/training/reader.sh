#!/bin/sh
# Makes the plate reader and its second look again: draw and train, export, cut in two, calibrate, measure, describe.
# Usage: models/training/reader.sh DATA [MINUTES] [OUT]   DATA = the folder that holds plates/ (../shared/data)
# Everything is written to OUT; look at OUT/evaluation.txt and OUT/card.md, then: python3 models/training/reader/package.py OUT --ship
# SHIP=1            does that at once
# LICENCE="..."     the licence of the weights, for the manifest
# QUICK=1           tries every step in a minute or two on a few pictures; what comes out reads nothing and is never shipped
# PYTHON=...        an interpreter with the packages of requirements.txt
set -eu
DATA=$1
MINUTES=${2:-120}
OUT=${3:-reader-run}
PYTHON=${PYTHON:-python3}
TRAINING=$(cd "$(dirname "$0")" && pwd)
HERE=$TRAINING/reader
"$PYTHON" "$TRAINING/needs.py" --packages torch numpy cv2 onnx PIL onnxruntime.quantization --files "$DATA/plates/plates.jsonl"
mkdir -p "$OUT"
if [ -n "${QUICK:-}" ]; then
  "$PYTHON" "$TRAINING/few.py" "$DATA" "$OUT/few"
  DATA=$OUT/few MINUTES=0.5 SHIP=
  # A pool of its own, so that a training beside it keeps its samples.
  set -- --first 256 --batch 16 --pool "$OUT/pool"
else
  set --
fi
"$PYTHON" "$HERE/train.py" --data "$DATA" --out "$OUT" --minutes "$MINUTES" "$@"
"$PYTHON" "$HERE/export.py" "$OUT/final.pt" "$OUT/fp32.onnx" "$OUT/best.pt"
"$PYTHON" "$HERE/quantise.py" "$OUT/fp32.onnx" "$OUT/samples.npy" "$OUT/twice.onnx"
"$PYTHON" "$HERE/split.py" "$OUT/twice.onnx" "$OUT/reader.onnx" "$OUT/second.onnx"
"$PYTHON" "$HERE/calibrate.py" --data "$DATA" --model "$OUT/reader.onnx" --second "$OUT/second.onnx" --out "$OUT/calibration.json"
"$PYTHON" "$HERE/evaluate.py" --data "$DATA" "ours=$OUT/twice.onnx" > "$OUT/evaluation.txt"
"$PYTHON" "$HERE/bench.py" "$OUT/twice.onnx" "$OUT/reader.onnx" > "$OUT/bench.txt"
"$PYTHON" "$HERE/package.py" "$OUT" --data "$DATA" ${LICENCE:+--licence "$LICENCE"}
"$PYTHON" "$HERE/card.py" "$OUT" "$DATA"
cat "$OUT/evaluation.txt"
if [ -n "${SHIP:-}" ]; then
  "$PYTHON" "$HERE/package.py" "$OUT" --ship
elif [ -z "${QUICK:-}" ]; then
  echo "Nothing in models/ has changed. To ship: $PYTHON $HERE/package.py $OUT --ship"
fi
