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
        # The only loop, where its steps are compiled: what it draws from datasets is its data.
        self.compiled_loop = None
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

    def element_drawn(self, element):
        """A batch that a loop drew from a dataset."""
        self.seen.element = element
        loop = self.compiled_loop
        if loop is not None and element is not None:
            if loop.wants_data():
                loop.take_data(element)
            else:
                self.wants_data = False

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
        loop.loss = self.seen.loss
        self._save(loop, model, optimizer)

    def _save(self, loop, model, optimizer):
        """Saves the model before the first step, with optimizer and loss; within a trace as soon as its
        weights are there."""
        recording, loss = loop.recording, loop.loss
        if _building.is_tracing():
            _building.save_in_trace(model, recording)
            loop.model = None if recording.has_model else weakref.ref(model)
        else:
            recording.save_model(model)
        if not recording.has_model:
            return
        if loss is None:
            recording.note("the loss of the loop is computed outside of Keras and is not known")
        try:
            _building.apart(
                lambda: _name_compilation(recording, self.library_name, optimizer, loss))
        except Exception as error:
            recording.note(f"optimizer and loss were not recorded: {type(error).__name__}: {error}")

    def end_step(self, optimizer):
        known = self._by_optimizer.get(id(optimizer))
        if known is None or known[1] is None or known[0]() is not optimizer:
            return
        loop = known[1]
        model = loop.model() if loop.model is not None else None
        if model is not None:
            if _building.is_tracing():
                self._save(loop, model, optimizer)
            else:
                loop.model = None
                loop.recording.miss_model()
        if not loop.wants_data():
            self.wants_data = False
        elif not loop.is_compiled:
            batch = self.seen.batch()
            if batch is not None:
                loop.take_data(batch)
        if _building.is_tracing():
            # The step is put together now, and seen no more when it runs.
            loop.is_compiled = True
            self.compiled_loop = loop if len(self._loops) == 1 else None
            return
        value = self.seen.value
        loop.take_loss(value if _is_concrete(value) else None)
        self.seen.clear()


def _name_compilation(recording, library_name, optimizer, loss):
    """Writes optimizer and loss into the model file, where `compile` would have put them."""
    serialize = sys.modules[library_name].saving.serialize_keras_object
    path = os.path.join(recording.folder, "model.keras")
    temporary = os.path.join(recording.folder, f"saving-{os.getpid()}.zip")
    compilation = {
        "optimizer": serialize(optimizer), "loss": serialize(loss) if loss else None,
        "loss_weights": None, "metrics": None, "weighted_metrics": None,
    }
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(temporary, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "config.json":
                config = json.loads(content)
                config["compile_config"] = config.get("compile_config") or compilation
                content = json.dumps(config).encode()
            new.writestr(entry, content)
    os.replace(temporary, path)
