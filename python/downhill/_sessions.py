"""The recordings of loops: which model belongs to which, and what passes meanwhile."""

import contextlib
import json
import os
import sys
import weakref
import zipfile

from . import _building
from ._loops import Loop, Seen, _is_concrete, model_of


class Sessions:
    """All loops of a program, told apart by the model that they train."""

    def __init__(self, make_recording, is_active, say):
        # Makes the recording of a model; None when there are too many.
        self._make_recording = make_recording
        self._is_active = is_active
        self._say = say
        self._busy = 0
        self._loops = {}
        self._by_optimizer = {}
        self.model_class = None
        self.library_name = None
        self.seen = Seen()
        # Until the first loop has all batches that are kept, batches are remembered.
        self.wants_data = True

    def is_active(self):
        """Whether Keras' own training is what calls now."""
        return self._busy > 0 or self._is_active()

    @contextlib.contextmanager
    def busy(self):
        """What is called within is Keras' own doing."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1

    def note(self, loop, error):
        text = f"{type(error).__name__}: {error}"
        if loop is not None:
            loop.recording.note(text)
        else:
            self._say(f"a step was not recorded: {text}")

    def loop(self, model, kind):
        known = self._loops.get(id(model))
        if known is not None and known[0]() is model:
            return known[1]
        with self.busy():
            recording = self._make_recording(self.library_name, model)
        loop = Loop(recording, kind) if recording is not None else None
        self._loops[id(model)] = (weakref.ref(model), loop)
        return loop

    # Loops around an optimizer

    def begin_custom(self, optimizer, variables):
        if id(optimizer) in self._by_optimizer or not variables:
            return
        model = model_of(variables, self.model_class)
        loop = self.loop(model, "custom loop") if model is not None else None
        self._by_optimizer[id(optimizer)] = (weakref.ref(optimizer), loop)
        if loop is None:
            return
        loop.optimizer = weakref.ref(optimizer)
        recording = loop.recording
        _building.in_eager_scope(lambda: recording.save_model(model))
        loss = self.seen.loss
        if loss is None:
            recording.note("the loss of the loop is computed outside of Keras and is not known")
        try:
            if recording.has_model:
                _name_compilation(recording, self.library_name, optimizer, loss)
        except Exception as error:
            recording.note(f"optimizer and loss were not recorded: {type(error).__name__}: {error}")

    def end_step(self, optimizer):
        known = self._by_optimizer.get(id(optimizer))
        if known is None or known[1] is None or known[0]() is not optimizer:
            return
        loop = known[1]
        if loop.wants_data():
            batch = self.seen.batch()
            if batch is not None:
                loop.take_data(batch)
        else:
            self.wants_data = False
        value = self.seen.value
        loop.take_loss(value if _is_concrete(value) else None)
        self.seen.clear()


def _name_compilation(recording, library_name, optimizer, loss):
    """Writes optimizer and loss into the model file, where `compile` would have put them."""
    serialize = sys.modules[library_name].saving.serialize_keras_object
    path = os.path.join(recording.folder, "model.keras")
    temporary = os.path.join(recording.folder, f"saving-{os.getpid()}.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(temporary, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "config.json":
                config = json.loads(content)
                if config.get("compile_config"):
                    return
                config["compile_config"] = {
                    "optimizer": serialize(optimizer), "loss": serialize(loss) if loss else None,
                    "loss_weights": None, "metrics": None, "weighted_metrics": None,
                }
                content = json.dumps(config).encode()
            new.writestr(entry, content)
    os.replace(temporary, path)
