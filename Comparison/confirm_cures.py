"""Lets real Keras train what `downhill fix` repaired, and compares with what the report claims.

    python Comparison/confirm_cures.py FOLDER…    # cases, or folders of cases

For each case whose remedy is proven by trials: Keras trains the repaired file, on the data as the
report says to edit it, with three seeds. A cure is confirmed when the loss falls by at least four
fifths of the fall that the report claims. Prints a table and "N confirmed, N not".
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import keras  # noqa: E402
import numpy as np  # noqa: E402

import data_edits  # noqa: E402
import downhill  # noqa: E402

SEEDS = (1, 2, 3)
# The share of the claimed fall that Keras must reach: seeds of batch order differ by less.
SHARE_OF_FALL = 0.8


def cases(places):
    for place in map(Path, places):
        if (place / "capture.json").exists():
            yield place.name, place
        elif (place / "capture").is_dir():
            yield place.name, place / "capture"
        else:
            for capture in sorted(place.glob("*/capture")):
                yield capture.parent.name, capture


def proven(report):
    return [c for c in report["causes"] if c["proven"] and c.get("remedy")]


def claim(causes):
    """(loss before, first loss and last loss with the remedy, epochs) as medians over the seeds."""
    trials = next((c["trials"] for c in causes if c.get("trials")), None)
    if not trials:
        return None

    def at(place, run):
        # A run that Keras refuses has no loss; one that is not a number is null.
        value = (run.get("loss") or [None])[place]
        return np.nan if value is None else float(value)

    before = [at(-1, t["baseline"]) for t in trials]
    first = [at(0, t["remedied"]) for t in trials]
    last = [at(-1, t["remedied"]) for t in trials]
    return np.median(before), np.median(first), np.median(last), len(trials[0]["remedied"]["loss"])


def trained(repaired, capture, causes, epochs, seed):
    """The loss by epoch under Keras."""
    fit = json.loads((capture / "capture.json").read_text())["fit"]
    data = dict(np.load(capture / "data.npz"))
    for cause in causes:
        data, fit = data_edits.apply(cause["remedy"], data, fit)
    arguments = {k: fit[k] for k in ("batch_size", "validation_split", "shuffle") if k in fit}
    if fit.get("class_weight"):
        arguments["class_weight"] = {int(k): v for k, v in fit["class_weight"].items()}
    # Callbacks that a remedy adds are described in full; recorded ones may be names alone.
    callbacks = [getattr(keras.callbacks, c["class_name"])(**c.get("config", {}))
                 for c in fit.get("callbacks") or [] if isinstance(c, dict) and "config" in c
                 and hasattr(keras.callbacks, c["class_name"])]
    if "x_val" in data:
        arguments["validation_data"] = (data["x_val"], data["y_val"])
    keras.utils.set_random_seed(seed)
    model = keras.models.load_model(repaired)
    history = model.fit(data["x"], data["y"], epochs=epochs, verbose=0, callbacks=callbacks, **arguments)
    return history.history["loss"]


def confirm(name, capture, folder):
    """(outcome, row of the table); the outcome is None where there is nothing to confirm."""
    if not (capture / "data.npz").exists():
        return None, [name, "no data recorded"]
    report = downhill.fix(capture, folder / f"{name}.keras")
    causes = proven(report)
    if not causes:
        return None, [name, report["verdict"], "no proven remedy"]
    if not (folder / f"{name}.keras").exists():
        return None, [name, causes[0]["id"], "no file: the repair was not proven by trials"]
    claimed = claim(causes)
    epochs = claimed[3] if claimed else None
    if epochs is None:
        epochs = json.loads((capture / "capture.json").read_text())["fit"].get("epochs", 1)
    runs = [trained(folder / f"{name}.keras", capture, causes, epochs, s) for s in SEEDS]
    last = float(np.median([r[-1] for r in runs]))
    cause, remedy = causes[0]["id"], ", ".join(c["remedy"]["summary"] for c in causes)
    if not claimed:
        fell = last < float(np.median([r[0] for r in runs]))
        return fell, [name, cause, "", "", f"{last:.4g}", "falls" if fell else "NO", remedy]
    before, first, after, _ = claimed
    top = np.nanmax([first, before if np.isfinite(before) else first])
    agrees = bool(last <= after + (1 - SHARE_OF_FALL) * max(top - after, 0) + 0.05 * abs(after))
    return agrees, [name, cause, f"{before:.4g}", f"{after:.4g}", f"{last:.4g}",
                    "yes" if agrees else "NO", remedy]


def main():
    outcomes = []
    widths = (34, 20, 11, 11, 11, 11)
    header = ["case", "cause", "before", "claimed", "Keras", "confirmed", "remedy"]
    line = lambda row: "".join(f"{c:<{w}}" for c, w in zip(row, widths)) + "".join(row[6:])  # noqa: E731
    print(line(header), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, capture in cases(sys.argv[1:] or [downhill.PROJECT / "Book"]):
            try:
                outcome, row = confirm(name, capture, Path(folder))
            except downhill.DownhillError as error:
                outcome, row = False, [name, str(error)]
            except Exception as error:
                outcome, row = False, [name, f"{type(error).__name__}: {error}"[:80]]
            if outcome is not None:
                outcomes.append(outcome)
            print(line(row), flush=True)
    print(f"{outcomes.count(True)} confirmed, {outcomes.count(False)} not")
    sys.exit(1 if False in outcomes else 0)


if __name__ == "__main__":
    main()
