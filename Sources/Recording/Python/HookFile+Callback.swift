extension HookFile {
  /// A copy of python/downhill/_callback.py, made by Scripts/embed_hook.sh.
  static let callback = HookFile(
    path: "downhill/_callback.py",
    text: ##"""
      """The callback that sees what happens within `fit`."""

      from time import perf_counter


      def make_callback(library, recording):
          """A callback of the given Keras that hands everything to a recording."""

          class DownhillCallback(library.callbacks.Callback):
              # It never touches the model between batches, so Keras may call it beside the next step.
              async_safe = True

              def __init__(self):
                  super().__init__()
                  self.recording = recording
                  self._epoch = 0
                  self._offset = 0

              def _guarded(self, function, *arguments):
                  try:
                      function(*arguments)
                  except Exception as error:
                      recording.note(f"{type(error).__name__}: {error}")

              def on_train_begin(self, logs=None):
                  self._offset = recording.epoch_count
                  self._guarded(self._begin)

              def _begin(self):
                  if not recording.capture["environment"]:
                      recording.begin(library, {"epochs": (self.params or {}).get("epochs", 1)}, {})
                  recording.steps = (self.params or {}).get("steps") or recording.steps
                  recording.save_model(self.model)

              def on_epoch_begin(self, epoch, logs=None):
                  self._epoch = recording.epoch_count

              def on_train_batch_end(self, batch, logs=None):
                  if perf_counter() < recording.next_step:
                      if self._epoch or batch >= recording.first_steps:
                          return
                  self._guarded(recording.take_step, self._epoch, batch + 1, logs)

              def on_epoch_end(self, epoch, logs=None):
                  self._guarded(recording.take_epoch, recording.epoch_count, logs, self.model)

              def on_train_end(self, logs=None):
                  # Where `fit` is wrapped, its end is seen there, with the exception if there is one.
                  if not getattr(recording, "is_wrapped", False):
                      self._guarded(recording.finish)

          return DownhillCallback()

      """##)
}
