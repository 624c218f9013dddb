"""The callback that sees what happens within `fit`."""

import sys
from time import perf_counter

from . import _batches
from ._arguments import fit_arguments, record_data
from ._html import html

# Callbacks that Keras adds by itself.
OWN = ("History", "ProgbarLogger")


def make_callback(library, recording, *others):
    """A callback of the given Keras, and of others if need be, that hands everything to a recording."""
    bases = [each.callbacks.Callback for each in (library, *others)]

    class DownhillCallback(*bases):
        # It never touches the model between batches, so Keras may call it beside the next step.
        async_safe = True

        def __init__(self):
            super().__init__()
            self.recording = recording
            self._epoch = 0
            self._undo = []

        def _guarded(self, function, *arguments):
            try:
                function(*arguments)
            except Exception as error:
                recording.note(f"{type(error).__name__}: {error}")

        def on_train_begin(self, logs=None):
            self._guarded(self._begin)
            if not recording.readings:
                self._guarded(self._watch)

        def _begin(self):
            if not recording.capture["environment"]:
                self._begin_alone()
            recording.steps = (self.params or {}).get("steps") or recording.steps
            recording.save_model(self.model)

        def _begin_alone(self):
            """Where `fit` is not wrapped, its arguments are found in the call that is under way."""
            frame = sys._getframe(1)
            while frame is not None and not (
                    frame.f_code.co_name == "fit" and "epochs" in frame.f_locals
                    and frame.f_locals.get("self") is self.model):
                frame = frame.f_back
            given = dict(frame.f_locals) if frame is not None else dict(self.params or {})
            if frame is not None and given.get("validation_data") is not None:
                # Keras has split it off already.
                given["validation_split"] = 0.0
            callbacks = getattr(given.get("callbacks"), "callbacks", None) or []
            given["callbacks"] = [
                callback for callback in callbacks
                if callback is not self and type(callback).__name__ not in OWN
            ]
            kinds = type(self.model).__mro__
            own = next((each for each in (library, *others) if any(
                kind.__module__.partition(".")[0] == each.__name__ for kind in kinds)), library)
            recording.begin(own, fit_arguments(given), {"path": None})
            if _batches.is_generator(given.get("x")):
                del given["x"]
                recording.passing_source = "generator"
            if "x" in given:
                record_data(recording, given, self._undo)

        def _repr_html_(self):
            return html(recording)

        def _watch(self):
            self._undo.append(_batches.watch_steps(self.model, recording))

        def on_epoch_begin(self, epoch, logs=None):
            self._epoch = recording.epoch_count

        def on_train_batch_end(self, batch, logs=None):
            if perf_counter() < recording.next_step:
                if self._epoch or batch >= recording.first_steps:
                    return
            self._guarded(recording.take_step, self._epoch, batch + 1, logs)

        def on_epoch_end(self, epoch, logs=None):
            self._guarded(recording.take_epoch, recording.epoch_count, logs, self.model)

        def stop_watching(self):
            while self._undo:
                self._guarded(self._undo.pop())

        def on_train_end(self, logs=None):
            self.stop_watching()
            # Where `fit` is wrapped, its end is seen there, with the exception if there is one.
            if not getattr(recording, "is_wrapped", False):
                if not recording.has_model:
                    recording.miss_model()
                self._guarded(recording.finish)

    return DownhillCallback()
