#!/bin/sh
# Makes models/reader.onnx and its second look again: draw and train, export, cut in two, calibrate, package.
# Usage: models/training/reader.sh DATA [MINUTES] [OUT]   DATA = the folder that holds plates/ (../shared/data)
# PYTHON names an interpreter with the packages of reader/requirements.txt.
set -eu
DATA=$1
MINUTES=${2:-120}
OUT=${3:-reader-run}
PYTHON=${PYTHON:-python3}
HERE=$(cd "$(dirname "$0")/reader" && pwd)
mkdir -p "$OUT"
"$PYTHON" "$HERE/train.py" --data "$DATA" --out "$OUT" --minutes "$MINUTES"
"$PYTHON" "$HERE/export.py" "$OUT/final.pt" "$OUT/fp32.onnx" "$OUT/best.pt"
"$PYTHON" "$HERE/quantise.py" "$OUT/fp32.onnx" "$OUT/samples.npy" "$OUT/twice.onnx"
"$PYTHON" "$HERE/split.py" "$OUT/twice.onnx" "$OUT/reader.onnx" "$OUT/second.onnx"
"$PYTHON" "$HERE/calibrate.py" --data "$DATA" --model "$OUT/reader.onnx" --second "$OUT/second.onnx" --out "$OUT/calibration.json"
"$PYTHON" "$HERE/evaluate.py" --data "$DATA" "ours=$OUT/twice.onnx" > "$OUT/evaluation.txt"
"$PYTHON" "$HERE/bench.py" "$OUT/twice.onnx" "$OUT/reader.onnx" > "$OUT/bench.txt"
echo "Run of $(date -u +%F): train.py --minutes $MINUTES." > "$OUT/run.txt"
"$PYTHON" "$HERE/package.py" "$OUT/reader.onnx" "$OUT/second.onnx" "$OUT/calibration.json" "train.py --minutes $MINUTES, $(date -u +%F)"
"$PYTHON" "$HERE/card.py" "$OUT"
cat "$OUT/evaluation.txt"
