"""Lets TensorBoard read what the callback of that name writes.

    python check_events.py [--program .build/release/ExampleRegression]

The example trains with a folder as argument; TensorBoard's own reader must find every curve, histogram
and the model, and the losses must be those that the example prints.
"""

import argparse
import subprocess
import sys
import tempfile

WANTED = {
    "train": {
        "scalars": {"epoch_loss", "epoch_mae", "epoch_learning_rate"},
        "histograms": {f"{layer}/{weight}/histogram" for layer in ("dense", "dense_1", "height")
                       for weight in ("kernel", "bias")},
        "graphs": {"keras"},
    },
    "validation": {"scalars": {"epoch_loss", "epoch_mae"}},
}


def summaries(folder):
    """The tags of each kind, and the numbers of each scalar by step."""
    from tensorboard.backend.event_processing import event_accumulator
    from tensorboard.util import tensor_util

    reader = event_accumulator.EventAccumulator(
        folder, size_guidance={event_accumulator.TENSORS: 0})
    reader.Reload()
    kinds, numbers = {}, {}
    for tag in reader.Tags()["tensors"]:
        kind = reader.SummaryMetadata(tag).plugin_data.plugin_name.replace("graph_keras_model", "graphs")
        kinds.setdefault(kind, set()).add(tag)
        if kind == "scalars":
            numbers[tag] = {e.step: float(tensor_util.make_ndarray(e.tensor_proto))
                            for e in reader.Tensors(tag)}
    return kinds, numbers


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", default=".build/release/ExampleRegression")
    program = arguments.parse_args().program
    try:
        import tensorboard  # noqa: F401
    except ImportError:
        print("TensorBoard is not installed: its reading of event files was not checked")
        return 0
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        printed = subprocess.run(
            [program, folder], check=True, capture_output=True, text=True).stdout
        first, last = map(float, printed.split("loss: ")[-1].split(" → "))
        for run, wanted in WANTED.items():
            kinds, numbers = summaries(f"{folder}/{run}")
            for kind, tags in wanted.items():
                if missing := tags - kinds.get(kind, set()):
                    wrong.append(f"{run}: no {kind} {', '.join(sorted(missing))}")
            if run == "train":
                losses = numbers.get("epoch_loss", {})
                for step, value in ((0, first), (max(losses, default=0), last)):
                    if step not in losses or abs(losses[step] - value) > 1e-6 * abs(value):
                        wrong.append(f"epoch_loss of step {step}: {losses.get(step)}, not {value}")
    for line in wrong:
        print("wrong:", line)
    if not wrong:
        print("TensorBoard reads the curves, histograms and model of the event files")
    return 1 if wrong else 0


sys.exit(main())
