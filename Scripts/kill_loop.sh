#!/usr/bin/env bash
# Kills trainings with kill -9 in the middle of writing their history, again and again, and looks at
# the file each time: it must be whole, and open again. KILLS=200 Scripts/kill_loop.sh
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${KILLS:-200}
downhill=${DOWNHILL:-.build/release/downhill}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
history=$folder/history.sqlite

for ((round = 1; round <= kills; round++)); do
  "$downhill" train Examples/digits-rate-too-high --epochs 1000000 -o "$folder/model.keras" \
    --history "$history" > /dev/null 2>&1 &
  child=$!
  # From 10 to 600 milliseconds: some are killed while they open the file, some while they write.
  sleep "0.$(printf '%03d' $((10 + RANDOM % 590)))"
  kill -9 "$child"
  wait "$child" 2> /dev/null || true
  if [ -e "$history" ]; then
    state=$(python3 - "$history" << 'PYTHON'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(database.execute("PRAGMA integrity_check").fetchone()[0])
PYTHON
    )
    [ "$state" = ok ] || { echo "after kill $round the history is damaged: $state"; exit 1; }
    "$downhill" history --history "$history" --limit 1 > /dev/null 2> "$folder/messages" ||
      { echo "after kill $round the history does not open:"; cat "$folder/messages"; exit 1; }
  fi
  [ ! -e "$folder/model.keras" ] || { echo "kill $round left a model behind"; exit 1; }
done
runs=$("$downhill" history --history "$history" --limit 100000 --format json | grep -c '"id"')
echo "killed $kills times: the history is whole and holds $runs runs"
