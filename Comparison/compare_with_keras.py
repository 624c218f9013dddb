"""Trains the same models with real Keras and with `downhill`, and compares all that can be seen.

    python Comparison/compare_with_keras.py [NAME…]

For each architecture: history and weights after one step and after fifty; whether Keras opens the
file that `downhill` wrote without a warning, predicts the same from it and goes on training from it as
from its own (optimizer state included); whether `downhill` goes on from Keras' file; and whether
the file opens on TensorFlow. Prints a table and "N passed, N failed"; fails if one failed.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
# Keras imports TensorFlow where it is installed, which then talks of itself.
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import keras  # noqa: E402
import numpy as np  # noqa: E402

import architectures  # noqa: E402
import downhill  # noqa: E402
import recorded_run  # noqa: E402
from agreement import (  # noqa: E402
    FIFTY_STEPS, ONE_STEP, distance, history_distance, joined, no_warning, weights_distance)

BATCH, EPOCHS, MORE_EPOCHS = 10, 10, 2
SEED = 7
# Other random numbers leave the fall of the loss this much play.
LEAST_FALL = 0.25
CHECKS = ["one step", "50 steps", "opens", "goes on", "resumes", "tensorflow"]


def load(path):
    with no_warning():
        return keras.models.load_model(path)


def described(model):
    """What the model is and how it is compiled, without what Keras notes of how it was built."""
    def stripped(value):
        if isinstance(value, dict):
            return {k: stripped(v) for k, v in value.items()
                    if k not in ("build_config", "build_input_shape", "shared_object_id")}
        return [stripped(v) for v in value] if isinstance(value, list) else value

    return stripped(json.loads(model.to_json()))


def fit(model, x, y, arguments):
    return model.fit(x, y, shuffle=False, verbose=0, **arguments).history


def trained_by_both(folder, model, x, y, arguments):
    """Histories and models of Keras and of `downhill`, from one file and the same batches."""
    recorded_run.write(folder, model, x, y, arguments)
    ours = downhill.train(folder, folder / "trained.keras")
    theirs = fit(model, x, y, arguments)
    return ours, theirs, load(folder / "trained.keras")


def first(arrays):
    """The rows of the first batch, of one array or of several."""
    return [a[:BATCH] for a in arrays] if isinstance(arrays, list) else arrays[:BATCH]


def one_step(a, folder, model, x, y):
    arguments = {"epochs": 1, "batch_size": BATCH}
    if "class_weight" in a.fit:
        arguments["class_weight"] = a.fit["class_weight"]
    if "sample_weight" in a.fit:
        arguments["sample_weight"] = first(a.fit["sample_weight"])
    ours, theirs, reopened = trained_by_both(folder, model, x[:BATCH], first(y), arguments)
    apart = max(history_distance(ours, theirs, BATCH),
                weights_distance(reopened.get_weights(), model.get_weights()))
    yield "one step", apart, ONE_STEP


def random_run(folder, model, x, y, arguments):
    """What can be said of a model with random numbers of its own: its loss falls, and its file opens."""
    recorded_run.write(folder, model, x, y, arguments)
    ours = downhill.train(folder, folder / "trained.keras")
    theirs = fit(model, x, y, arguments)
    falls = [run["loss"][0] - run["loss"][-1] for run in (ours, theirs)]
    yield "50 steps", 0.0 if falls[0] > LEAST_FALL * falls[1] > 0 else np.inf, FIFTY_STEPS
    model = load(folder / "trained.keras")
    with no_warning():
        predicted = joined(model.predict(x, verbose=0))
        fit(model, x, y, arguments)
    np.savez(folder / "expected.npz", x=x, prediction=predicted)
    yield "opens", 0.0, FIFTY_STEPS


def fifty_steps(folder, a, model, x, y, arguments):
    ours, theirs, reopened = trained_by_both(folder, model, x, y, arguments)
    yield "50 steps", max(
        history_distance(ours, theirs, len(x)),
        weights_distance(reopened.get_weights(), model.get_weights())), FIFTY_STEPS

    with no_warning():
        predicted = joined(reopened.predict(x, verbose=0))
    same = described(reopened) == described(model)
    yield "opens", distance(predicted, joined(model.predict(x, verbose=0))) if same else np.inf, FIFTY_STEPS
    if a.on_tensorflow:
        np.savez(folder / "expected.npz", x=x, prediction=predicted)

    if not a.goes_on:
        return
    more = {**arguments, "epochs": MORE_EPOCHS}
    resumed = recorded_run.write(folder / "resumed", model, x, y, more)
    resumed_history = downhill.train(resumed, resumed / "trained.keras")
    continued = fit(model, x, y, more)
    with no_warning():
        from_ours = fit(reopened, x, y, more)
    yield "goes on", max(
        history_distance(from_ours, continued, len(x)),
        weights_distance(reopened.get_weights(), model.get_weights()),
        float(reopened.optimizer.iterations != model.optimizer.iterations)), 2 * FIFTY_STEPS
    yield "resumes", max(
        history_distance(resumed_history, continued, len(x)),
        weights_distance(load(resumed / "trained.keras").get_weights(), model.get_weights()),
    ), FIFTY_STEPS


def compare(a, folder):
    """(check, distance or the text of an error, tolerance) for each check."""
    x, y = architectures.data(a.target, a.rows, seed=sum(map(ord, a.name)), shape=a.shape)
    a.model.compile(a.optimizer, a.loss, loss_weights=a.loss_weights, metrics=a.metrics)
    folder.mkdir()
    a.model.save(folder / "start.keras")
    with warnings.catch_warnings():
        # Keras warns of its own file: an optimizer that has not stepped has no variables yet.
        warnings.simplefilter("ignore")
        again = keras.models.load_model(folder / "start.keras")
    arguments = {"epochs": EPOCHS, "batch_size": BATCH, **a.fit}
    if a.is_random:
        yield from random_run(folder / "fifty", a.model, x, y, arguments)
        return
    if a.starts_from_file:
        yield from one_step(a, folder / "one", again, x, y)
    yield from fifty_steps(folder / "fifty", a, a.model, x, y, arguments)


def results_of(a, folder):
    results = {}
    try:
        for check, apart, tolerance in compare(a, folder):
            results[check] = (apart <= tolerance, f"{apart:.0e}" if apart < np.inf else "differs")
    except Exception as error:
        kind = next(c for c in CHECKS if c not in results)
        results[kind] = (False, "error")
        print(f"{a.name}, {kind}: {type(error).__name__}: {error}", file=sys.stderr)
        if os.environ.get("TRACEBACK"):
            traceback.print_exc()
    return results


def on_tensorflow(root, table):
    """Opens all files in a process on TensorFlow; gives back False where there is none."""
    environment = dict(os.environ, KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3")
    if subprocess.run([sys.executable, "-c", "import tensorflow"], env=environment,
                      capture_output=True).returncode:
        return False
    script = Path(__file__).with_name("open_on_tensorflow.py")
    done = subprocess.run([sys.executable, str(script), str(root)], env=environment,
                          capture_output=True, text=True)
    try:
        opened = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        print(done.stderr, file=sys.stderr)
        opened = {}
    for name, results in table.items():
        apart = opened.get(name)
        if isinstance(apart, float):
            results["tensorflow"] = (apart <= FIFTY_STEPS, f"{apart:.0e}")
        elif (root / name / "fifty/expected.npz").exists():
            print(f"{name}, tensorflow: {apart}", file=sys.stderr)
            results["tensorflow"] = (False, "error")
    return True


def each_architecture():
    """The architectures, each with weights that do not depend on what was made and trained before it."""
    found = architectures.catalogue()
    while True:
        keras.utils.set_random_seed(SEED)
        a = next(found, None)
        if a is None:
            return
        yield a


def main():
    wanted = set(sys.argv[1:])
    table = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        print(f"{'':22}" + "".join(f"{c:>12}" for c in CHECKS[:-1]), flush=True)
        for a in each_architecture():
            if wanted and a.name not in wanted:
                continue
            table[a.name] = results = results_of(a, root / a.name)
            cells = [results.get(c, (True, "-")) for c in CHECKS[:-1]]
            marks = "".join(f"{(text if ok else '! ' + text):>12}" for ok, text in cells)
            print(f"{a.name:22}{marks}", flush=True)
        if on_tensorflow(root, table):
            opened = [r["tensorflow"] for r in table.values() if "tensorflow" in r]
            print(f"TensorFlow opens {sum(ok for ok, _ in opened)} of {len(opened)} files and agrees")
        else:
            print("TensorFlow is not installed here: files were opened on JAX alone")
    outcomes = [ok for results in table.values() for ok, _ in results.values()]
    failed = outcomes.count(False)
    print(f"{len(table)} architectures: {outcomes.count(True)} passed, {failed} failed")
    sys.exit(1 if failed or not outcomes else 0)


if __name__ == "__main__":
    main()
