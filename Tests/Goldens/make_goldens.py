"""Asks real Keras for the golden numbers that the tests compare with.

    pip install keras jax tensorflow-cpu numpy
    python make_goldens.py            # all files
    python make_goldens.py losses     # one file

Every number comes from the JAX backend, except what is marked as TensorFlow's. The format is told
in README.md. Each file is made in a process of its own, because Keras reads its backend only once.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = ["activations", "layers", "images", "categories", "pictures", "samples", "inventory", "signatures", "initializers",
         "losses", "heads", "metrics", "training50", "fit", "logs",
         "sequence_masks", "sequence_recurrent", "sequence_attention", "sequence_operators",
         "texts", "stateful", "spectral", "optimizers", "shapes"]
# Computed a second time on TensorFlow, which fuses softmax and sigmoid with the cross-entropies, and
# where a layer can assign its trainable variables.
ALSO_ON_TENSORFLOW = ["heads", "spectral"]
# What only TensorFlow has: strings, and a state that is kept from batch to batch.
ONLY_ON_TENSORFLOW = ["texts", "stateful"]


def run(name, backend, target):
    environment = dict(os.environ, KERAS_BACKEND=backend, TF_CPP_MIN_LOG_LEVEL="3")
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); "
        f"from making import {name}; from making.writing import write; "
        f"write({str(target)!r}, {name}.make())"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    print(f"{target.name}: {target.stat().st_size:,} bytes", flush=True)


def main():
    for name in sys.argv[1:] or FILES:
        backend = "tensorflow" if name in ONLY_ON_TENSORFLOW else "jax"
        run(name, backend, HERE / f"{name}.json")
        if name in ALSO_ON_TENSORFLOW:
            run(name, "tensorflow", HERE / f"{name}_tensorflow.json")


if __name__ == "__main__":
    main()
