"""Runs programs with and without the recorder, on every backend that is installed, and compares.

    python check_recorder.py [--downhill .build/release/downhill] [--overhead]

A program must print the same bytes, end with the same exit code and reach the same weights; the
recording must hold the model, the data and the losses that the program saw. With --overhead the time
spent in the recorder is measured as a share of training.
"""

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOOK = PROJECT / "python"
# The recorder may take this share of the time of training.
LARGEST_SHARE = 0.03

HEAD = """
import sys, numpy as np
{imports}
keras.utils.set_random_seed(11)
r = np.random.default_rng(5)
x = r.normal(size=(96, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("float32")
def tell(model, history):
    weights = b"".join(np.asarray(w).tobytes() for w in model.get_weights())
    import hashlib
    print(history, hashlib.sha256(weights).hexdigest(), np.random.rand(), sys.path)
def dense(*layers):
    return keras.Sequential([keras.layers.Dense(8, activation="relu"), *layers,
                             keras.layers.Dense(1, activation="sigmoid")])
"""

# For loops of one's own with TensorFlow.
TAPE = """
import tensorflow as tf
m = dense()
optimizer, measure = keras.optimizers.SGD(0.1), keras.losses.BinaryCrossentropy()
data = tf.data.Dataset.from_tensor_slices((x, y[:, None])).batch(16)
def step(a, b):
    with tf.GradientTape() as tape:
        loss = measure(b, m(a, training=True))
    gradients = tape.gradient(loss, m.trainable_variables)
    optimizer.apply_gradients(zip(gradients, m.trainable_variables))
    return loss
"""

# Programs that only some backends can run.
ONLY_ON = {
    "tape": ("tensorflow", "tf_keras"), "compiled_tape": ("tensorflow", "tf_keras"),
    "stateless": ("jax",),
}

# Name, program, exit code, and what the recording must hold.
PROGRAMS = {
    "dataset": ("""
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((x, y)).map(lambda a, b: (a * 2, b)).batch(16).prefetch(2)
m = dense()
m.compile("sgd", "binary_crossentropy")
h = m.fit(data, epochs=2, verbose=0)
tell(m, h.history)
""", 0, {"model.keras", "data.npz"}),
    "shuffled_dataset": ("""
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(96).batch(16)
m = dense()
m.compile("sgd", "binary_crossentropy")
h = m.fit(data, epochs=2, verbose=0, validation_data=data)
tell(m, h.history)
""", 0, {"model.keras", "data.npz"}),
    "drawing_dataset": ("""
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((x, y)).map(
    lambda a, b: (a + tf.random.normal([6]), b)).batch(16)
m = dense()
m.compile("sgd", "binary_crossentropy")
h = m.fit(data, epochs=2, verbose=0)
tell(m, h.history)
""", 0, {"model.keras"}),
    "on_batch": ("""
m = dense()
m.compile("sgd", "binary_crossentropy")
losses = [float(np.ravel(m.train_on_batch(x[i:i + 16], y[i:i + 16]))[0])
          for _ in range(3) for i in range(0, 96, 16)]
tell(m, losses)
""", 0, {"model.keras", "data.npz"}),
    "tape": (TAPE + """
losses = [float(step(a, b)) for _ in range(3) for a, b in data]
tell(m, losses)
""", 0, {"model.keras", "data.npz"}),
    "compiled_tape": (TAPE + """
step = tf.function(step)
losses = [float(step(a, b)) for _ in range(3) for a, b in data]
tell(m, losses)
""", 0, {"model.keras", "data.npz"}),
    "stateless": ("""
import jax
m = dense()
m.build((None, 6))
optimizer, measure = keras.optimizers.SGD(0.1), keras.losses.BinaryCrossentropy()
optimizer.build(m.trainable_variables)
def compute(trainable, other, a, b):
    p, other = m.stateless_call(trainable, other, a, training=True)
    return measure(b, p), other
@jax.jit
def step(state, a, b):
    trainable, other, slots = state
    (loss, other), gradients = jax.value_and_grad(compute, has_aux=True)(trainable, other, a, b)
    trainable, slots = optimizer.stateless_apply(slots, gradients, trainable)
    return loss, (trainable, other, slots)
state = (m.trainable_variables, m.non_trainable_variables, optimizer.variables)
state = tuple([v.value for v in part] for part in state)
for _ in range(3):
    loss, state = step(state, x, y[:, None])
tell(m, float(loss))
""", 0, {"model.keras"}),
    "deferred_build": ("""
m = dense(keras.layers.Dropout(0.2))
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
h = m.fit(x, y, epochs=3, batch_size=16, validation_split=0.25, verbose=0)
tell(m, h.history)
""", 0, {"model.keras", "data.npz"}),
    "bars_and_callbacks": ("""
m = dense()
m.compile(keras.optimizers.SGD(0.1), "mse")
h = m.fit(x, y, epochs=2, batch_size=16, verbose=2, validation_data=(x[:20], y[:20]),
          sample_weight=np.ones(96), callbacks=[keras.callbacks.EarlyStopping("val_loss", patience=3)])
m.predict(x, verbose=0)
""", 0, {"model.keras", "data.npz"}),
    "generator": ("""
def batches():
    while True:
        i = r.integers(0, 96, 16)
        yield x[i], y[i]
m = dense()
m.compile("sgd", "binary_crossentropy")
h = m.fit(batches(), steps_per_epoch=6, epochs=2, verbose=0)
tell(m, h.history)
""", 0, {"model.keras", "data.npz"}),
    "sequence": ("""
class Batches(getattr(keras.utils, "PyDataset", keras.utils.Sequence)):
    def __len__(self): return 6
    def __getitem__(self, i): return x[16 * i:16 * i + 16], y[16 * i:16 * i + 16]
m = dense()
m.compile("sgd", "binary_crossentropy")
h = m.fit(Batches(), epochs=2, verbose=0, shuffle=False)
tell(m, h.history)
""", 0, {"model.keras", "data.npz"}),
    "loop_of_fits": ("""
m = dense()
m.compile("sgd", "binary_crossentropy")
for _ in range(3):
    h = m.fit(x, y, epochs=1, verbose=0)
tell(m, h.history)
sys.exit(4)
""", 4, {"model.keras", "data.npz"}),
    "raises": ("""
m = dense()
m.compile("sgd", "categorical_crossentropy")
m.fit(x, np.zeros((96, 3)), epochs=1, verbose=0)
""", 1, {"model.keras", "data.npz"}),
    "subclass": ("""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(4), keras.layers.Dense(1)
    def call(self, inputs): return self.b(self.a(inputs))
m = Net()
m.compile("sgd", "mse")
h = m.fit(x, y, epochs=2, verbose=0)
tell(m, h.history)
""", 0, {"data.npz"}),
    "no_training": ("print('hello', sys.path, sys.argv)\n", 0, set()),
    "exits_at_once": ("import os\nprint('before', flush=True)\nos._exit(9)\n", 9, set()),
}

# Nothing is learnt, or compiled steps hide what they come to.
UNSEEN_LOSSES = {"raises", "compiled_tape", "stateless"}
# Programs that print the loss of every step, and how many steps an epoch has.
AGREEING = {"on_batch": 6, "tape": 6}
# Those whose rows are recorded in the order in which they are trained on.
ORDERED = {*AGREEING, "sequence"}


def check_replay(recording, downhill, is_ordered):
    """The engine must read the model, and compute the losses of the first steps from its weights."""
    done = subprocess.run(
        [downhill, "diagnose", str(recording), "--format", "json", "--no-history", "--budget", "2"],
        capture_output=True)
    if done.returncode not in (0, 1):
        return [f"cannot be diagnosed: {done.stderr[-300:].decode()}"]
    replay = json.loads(done.stdout).get("replay") or {"verdict": "none"}
    if replay["verdict"] == "disagrees" or (is_ordered and replay["verdict"] != "agrees"):
        return [f"replay: {replay}"]
    return []


def check_losses(recording, printed, name):
    """The losses by epoch must be the means of what the program saw."""
    losses = json.loads(printed[:printed.index("]") + 1])
    seen = json.loads((recording / "history.json").read_text())["loss"]
    length = AGREEING[name]
    means = [sum(losses[i:i + length]) / length for i in range(0, len(losses), length)]
    if len(means) != len(seen) or any(abs(a - b) > 1e-5 for a, b in zip(means, seen)):
        return [f"losses {seen} instead of {means}"]
    return []


OVERHEAD = """
import json, time, numpy as np, keras, downhill
from downhill import _patching
spent = [0.0]
original = _patching.make_callback
def timed(library, recording):
    callback = original(library, recording)
    for name in ("on_train_begin", "on_epoch_begin", "on_train_batch_end", "on_epoch_end"):
        def wrap(function, name=name):
            def call(*a, **k):
                start = time.perf_counter()
                function(*a, **k)
                if name != "on_train_begin": spent[0] += time.perf_counter() - start
            return call
        setattr(callback, name, wrap(getattr(callback, name)))
    return callback
_patching.make_callback = timed
units, rows, epochs = {units}, {rows}, {epochs}
x = np.random.rand(rows, 20).astype("float32"); y = x.sum(1)
m = keras.Sequential([keras.Input((20,)), keras.layers.Dense(units, activation="relu"),
                      keras.layers.Dense(units, activation="relu"), keras.layers.Dense(1)])
m.compile("adam", "mse")
class Clock(keras.callbacks.Callback):
    async_safe = True
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1: self.start, spent[0] = time.perf_counter(), 0.0
    def on_train_end(self, logs=None): self.total = time.perf_counter() - self.start
clock = Clock()
m.fit(x, y, epochs=epochs, batch_size=32, verbose=0, callbacks=[clock])
steps = (epochs - 1) * rows // 32
print(json.dumps({{"share": spent[0] / clock.total, "step_ms": 1e3 * clock.total / steps}}))
"""


def environment(backend, **more):
    variables = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", **more)
    variables["KERAS_BACKEND"] = "tensorflow" if backend == "tf_keras" else backend
    variables.setdefault("CUDA_VISIBLE_DEVICES", "")
    return variables


def run(command, variables, folder):
    done = subprocess.run(command, capture_output=True, env=variables, cwd=folder)
    return done.returncode, done.stdout, done.stderr


def timeless(text):
    """What Keras prints of how long a step took differs from run to run."""
    return re.sub(rb"\b\d+(s|ms|us)\b", b"T", text)


def check(name, backend, downhill):
    body, code, files = PROGRAMS[name]
    imports = "import tf_keras as keras" if backend == "tf_keras" else "import keras"
    if name in ("no_training", "exits_at_once"):
        program = "import sys\n" + body
    else:
        program = HEAD.format(imports=imports) + body
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "train.py"
        script.write_text(program)
        keep = Path(folder) / "keep"
        command = [sys.executable, "train.py", "an argument"]
        plain = run(command, environment(backend), folder)
        recorded = run(
            [downhill, "run", "--keep", str(keep), "--no-diagnosis", "--", *command],
            environment(backend), folder)
        if plain[0] != code:
            problems.append(f"ends with {plain[0]} without the recorder: {plain[2][-400:]!r}")
        if recorded[0] != plain[0]:
            problems.append(f"ends with {recorded[0]} instead of {plain[0]}: {recorded[2][-400:]!r}")
        if timeless(recorded[1]) != timeless(plain[1]):
            problems.append(f"prints {recorded[1][-300:]!r} instead of {plain[1][-300:]!r}")
        found = sorted(keep.glob("*-fit*")) if keep.exists() else []
        if files and not found:
            problems.append(f"nothing was recorded: {recorded[2][-400:]!r}")
        for recording in found:
            missing = files - {path.name for path in recording.iterdir()}
            capture = json.loads((recording / "capture.json").read_text())
            if missing:
                problems.append(f"{missing} missing: {capture['notes']}")
            if name == "raises" and capture["status"] != "raised":
                problems.append(f"status {capture['status']}")
            if name not in UNSEEN_LOSSES and not json.loads((recording / "history.json").read_text()):
                problems.append("no history")
            if "model.keras" in files and not missing:
                problems += check_replay(recording, downhill, name in ORDERED)
            if name in AGREEING:
                problems += check_losses(recording, plain[1].decode(), name)
            if (capture["script"]["fit"] or {}).get("path") != str(script.resolve()):
                problems.append(f"place {capture['script']}")
    for problem in problems:
        print(f"FAILED  {backend}, {name}: {problem}")
    if not problems:
        print(f"ok      {backend}, {name}")
    return not problems


CALLBACK = """
m = keras.Sequential([keras.Input((6,)), keras.layers.Dense(8, activation="relu"),
                      keras.layers.Dense(1, activation="sigmoid")])
m.compile("sgd", "binary_crossentropy")
sys.path.insert(0, {hook!r})
import downhill
watch = downhill.Callback("recording")
m.fit(x, y, epochs=3, validation_split=0.25, verbose=0, callbacks=[watch])
page = watch._repr_html_()
assert "Nothing is broken" in page or "Cause" in page or "learning" in page, page[:300]
print(page[:60])
"""


def check_callback(backend, downhill):
    """The callback alone, as a notebook uses it: records the run, and shows the report."""
    imports = "import tf_keras as keras" if backend == "tf_keras" else "import keras"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "train.py").write_text(
            HEAD.format(imports=imports) + CALLBACK.format(hook=str(HOOK)))
        variables = environment(backend, DOWNHILL=str(Path(downhill).resolve()))
        code, out, err = run([sys.executable, "train.py"], variables, folder)
        found = {path.name for path in (Path(folder) / "recording").glob("*")}
        missing = {"model.keras", "data.npz", "history.json", "capture.json"} - found
        if code or missing or b"<iframe" not in out:
            print(f"FAILED  {backend}, callback: {missing} {out[-200:]!r} {err[-400:]!r}")
            return False
    print(f"ok      {backend}, callback")
    return True


def overhead(backend, units, rows, epochs, is_strict):
    with tempfile.TemporaryDirectory() as folder:
        program = OVERHEAD.format(units=units, rows=rows, epochs=epochs)
        variables = environment(
            backend, DOWNHILL_CAPTURE=folder, PYTHONPATH=os.pathsep.join(
                [str(HOOK), os.environ.get("PYTHONPATH", "")]))
        # The folder of the recorder leaves the search path at its start; the program names it again.
        program = f"import sys; sys.path.insert(0, {str(HOOK)!r})\n" + program
        code, out, err = run([sys.executable, "-c", program], variables, folder)
        if code:
            print(f"FAILED  {backend}, overhead: {err[-400:].decode()}")
            return False
        measured = json.loads(out)
        print(f"overhead {backend}, {units} units: {100 * measured['share']:.2f} % of a step of "
              f"{measured['step_ms']:.2f} ms")
        return measured["share"] < LARGEST_SHARE or not is_strict


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--downhill", default=str(PROJECT / ".build/release/downhill"))
    parser.add_argument("--backends", default="jax,tensorflow,torch,tf_keras")
    parser.add_argument("--programs", default=",".join(PROGRAMS))
    parser.add_argument("--overhead", action="store_true")
    parser.add_argument("--strict", action="store_true", help="fail where the overhead is too large")
    options = parser.parse_args()
    backends = [b for b in options.backends.split(",") if importlib.util.find_spec(b)]
    good = True
    for backend in backends:
        for name in options.programs.split(","):
            if backend not in ONLY_ON.get(name, (backend,)):
                continue
            good &= check(name, backend, options.downhill)
        if options.programs == ",".join(PROGRAMS):
            good &= check_callback(backend, options.downhill)
        if options.overhead and backend != "tf_keras":
            good &= overhead(backend, 64, 10000, 6, options.strict)
            good &= overhead(backend, 2048, 960, 6, options.strict)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
