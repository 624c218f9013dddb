extension HookFile {
  /// A copy of python/downhill/_loops.py, made by Scripts/embed_hook.sh.
  static let loops = HookFile(
    path: "downhill/_loops.py",
    text: ##"""
      """Training without `fit`: `train_on_batch`, and loops of one's own around an optimizer.

      A loop has no epochs that anybody could see. They are found where the same first batch comes again;
      where none does, the steps are told in a few stretches.
      """

      import atexit
      import functools
      import gc
      import hashlib
      import time

      from . import _batches, _building
      from ._recording import FIRST_BATCHES, number

      # What is told of a loop without epochs.
      STRETCHES = 20
      # Steps whose losses are kept; then every second one is dropped.
      MOST_LOSSES = 1 << 16


      class Loop:
          """One model that is trained step by step."""

          def __init__(self, recording, kind):
              self.recording = recording
              self.steps = 0
              self.cycle = None
              self.losses = []
              # A reference to the optimizer of a loop of one's own.
              self.optimizer = None
              # Keras' loss object, and a reference to a model whose weights are still to be saved.
              self.loss = None
              self.model = None
              # Whether the steps are compiled, so that they are not seen when they run.
              self.is_compiled = False
              self._taken = 0
              self._first_batch = None
              self._stride = 1
              self._next_write = 0.0
              recording.capture["loop"] = kind
              atexit.register(self.finish)

          def wants_data(self):
              return self.cycle is None and self._taken < FIRST_BATCHES

          def take_data(self, batch):
              """The data of the step that comes next; whether it was the first batch again."""
              digest = _digest(batch)
              if self._first_batch is None:
                  self._first_batch = digest
              elif digest == self._first_batch and self.cycle is None:
                  self.cycle = self._taken
                  self.recording.is_complete = True
                  return
              self._taken += 1
              self.recording.take_step_data([batch])
              self.recording.take_batch(batch, self.recording.capture["loop"])

          def take_loss(self, loss):
              """The loss of the step that ended: a number or an array, looked at only if there is time."""
              self.steps += 1
              recording = self.recording
              start = time.perf_counter()
              if self.steps <= recording.first_steps or start >= recording.next_step:
                  if loss is not None and self.steps % self._stride == 0:
                      value = _mean(loss)
                      if value is not None:
                          self.losses.append((self.steps, value))
                          if len(self.losses) > MOST_LOSSES:
                              del self.losses[1::2]
                              self._stride *= 2
                  if start >= self._next_write:
                      self._write()
                      self._next_write = time.perf_counter() + 100 * (time.perf_counter() - start)
                  recording.rest_after(start)

          def _write(self):
              length = self.cycle or max(1, -(-self.steps // STRETCHES))
              recording = self.recording
              columns = {}
              for step, loss in self.losses:
                  columns.setdefault((step - 1) // length, []).append(loss)
              # A stretch without a reading takes the one before: losses are looked at when there is time.
              history = []
              for index in range(max(columns, default=-1) + 1):
                  values = columns.get(index)
                  history.append(sum(values) / len(values) if values else history[-1])
              recording.history = {"loss": history} if history else {}
              recording.epoch_count = len(history)
              recording.step_losses = [
                  [(step - 1) // length + 1, (step - 1) % length + 1, (step - 1) % length + 1, loss]
                  for step, loss in self.losses[:512]
              ]
              fit = recording.capture["fit"]
              fit["epochs"] = max(1, -(-self.steps // length))
              if self.cycle is None:
                  fit["steps_per_epoch"] = length
              recording.steps = length
              recording.save_batches()
              recording.write_history()
              recording.write_capture()

          def finish(self):
              try:
                  if self.optimizer is not None and self.optimizer() is not None:
                      # Of steps that are compiled only the first was seen.
                      self.steps = max(self.steps, int(number(self.optimizer().iterations) or 0))
                  if not self.steps:
                      return
                  if not self.losses:
                      self.recording.note(
                          "the losses of the steps were not seen; give what the program prints beside the "
                          "recording")
                  self._write()
                  self.recording.finish()
              except Exception:
                  pass


      def _digest(batch):
          import numpy as np

          digest = hashlib.sha1()
          for array in _batches.flat(batch).values():
              digest.update(np.ascontiguousarray(np.asarray(array)).tobytes())
          return digest.digest()


      def _mean(value):
          """A number out of a loss: what is not a single number is averaged, as Keras does."""
          if isinstance(value, (list, tuple)):
              value = value[0] if value else None
          if isinstance(value, dict):
              value = value.get("loss")
          single = number(value)
          if single is not None:
              return single
          try:
              import numpy as np

              return float(np.mean(np.asarray(value)))
          except Exception:
              return None


      class Seen:
          """What passed lately outside of `fit`: the batch, the loss object and the loss."""

          def __init__(self):
              self.clear()

          def clear(self):
              self.inputs = self.targets = self.loss = self.value = self.element = None

          def batch(self):
              """The batch of the step, as (x, y); None where only a graph saw it."""
              if self.element is not None:
                  return self.element
              if _is_concrete(self.inputs) and _is_concrete(self.targets):
                  return (self.inputs, self.targets)
              return None


      def _is_concrete(value):
          if isinstance(value, (list, tuple)):
              return bool(value) and all(_is_concrete(part) for part in value)
          if value is None or not hasattr(value, "shape"):
              return False
          kind = type(value).__name__
          return "Tracer" not in kind and "Symbolic" not in kind and kind != "KerasTensor" \
              and (hasattr(value, "numpy") or hasattr(value, "__array__"))


      def model_of(variables, kind):
          """The model with these trainable weights; the smallest one if several share them."""
          wanted = {id(variable) for variable in variables}
          found = []
          for candidate in gc.get_objects():
              try:
                  if not issubclass(type(candidate), kind):
                      continue
                  own = {id(variable) for variable in candidate.trainable_variables}
                  if wanted and wanted <= own:
                      found.append((len(own), candidate))
              except Exception:
                  continue
          return min(found, key=lambda pair: pair[0])[1] if found else None


      def _as_it_stands(function):
          """Keeps TensorFlow from translating a wrapper when it traces the caller."""
          function.autograph_info__ = {}
          return function


      def record_on_batch(model_class, sessions):
          """Wraps `train_on_batch`; `sessions` makes and keeps the recordings."""
          original = model_class.train_on_batch

          @_as_it_stands
          @functools.wraps(original)
          def train_on_batch_recorded(self, x, y=None, sample_weight=None, *positional, **named):
              if sessions.is_active():
                  return original(self, x, y, sample_weight, *positional, **named)
              loop, undo = None, None
              try:
                  loop = sessions.loop(self, "train_on_batch")
                  if loop is not None:
                      if loop.wants_data():
                          loop.take_data((x, y, sample_weight))
                      if not loop.recording.has_model:
                          undo = _save_first(self, loop.recording)
              except Exception as error:
                  sessions.note(loop, error)
              with sessions.busy():
                  result = original(self, x, y, sample_weight, *positional, **named)
              try:
                  if undo is not None:
                      undo()
                  if loop is not None:
                      loop.take_loss(result)
              except Exception as error:
                  sessions.note(loop, error)
              return result

          model_class.train_on_batch = train_on_batch_recorded


      def _save_first(model, recording):
          """Saves the weights before the first step, or as soon as they exist."""
          if getattr(model, "built", False):
              recording.save_model(model)
              return None
          if recording.capture["environment"].get("backend") == "tensorflow":
              return _building.save_when_built(model, recording)
          # Elsewhere the model is built before the train function is made.
          make = model.make_train_function

          def make_behind_saving(*arguments, **named):
              recording.save_model(model)
              return make(*arguments, **named)

          model.make_train_function = make_behind_saving

          def undo():
              if vars(model).get("make_train_function") is make_behind_saving:
                  del model.make_train_function

          return undo


      def record_optimizer(optimizer_class, sessions):
          """Wraps the building of an optimizer, which comes before its first step, and its steps."""
          build = optimizer_class.build

          @_as_it_stands
          @functools.wraps(build)
          def build_recorded(self, variables, *positional, **named):
              result = build(self, variables, *positional, **named)
              if not sessions.is_active():
                  try:
                      sessions.begin_custom(self, list(variables))
                  except Exception as error:
                      sessions.note(None, error)
              return result

          optimizer_class.build = build_recorded
          # One calls the other, and both are one step.
          depth = [0]
          for name in ("apply", "apply_gradients"):
              if name in vars(optimizer_class):
                  step = vars(optimizer_class)[name]
                  setattr(optimizer_class, name, _step_recorded(step, sessions, depth))


      def _step_recorded(step, sessions, depth):

          @_as_it_stands
          @functools.wraps(step)
          def recorded(self, *positional, **named):
              depth[0] += 1
              try:
                  result = step(self, *positional, **named)
              finally:
                  depth[0] -= 1
              if not depth[0] and not sessions.is_active():
                  try:
                      sessions.end_step(self)
                  except Exception as error:
                      sessions.note(None, error)
              return result

          return recorded


      def record_loss(loss_class, sessions):
          """Remembers which loss was computed of which targets."""
          original = loss_class.__call__

          @_as_it_stands
          @functools.wraps(original)
          def call_recorded(self, y_true, *positional, **named):
              result = original(self, y_true, *positional, **named)
              if not sessions.is_active():
                  seen = sessions.seen
                  seen.loss, seen.targets, seen.value = self, y_true, result
              return result

          loss_class.__call__ = call_recorded


      def record_calls(model_class, sessions):
          """Remembers what a model was called on."""
          original = model_class.__call__

          @_as_it_stands
          @functools.wraps(original)
          def call_recorded(self, *positional, **named):
              if sessions.is_active() or not sessions.wants_data:
                  return original(self, *positional, **named)
              if positional:
                  sessions.seen.inputs = positional[0]
              with sessions.busy():
                  return original(self, *positional, **named)

          model_class.__call__ = call_recorded


      def record_tape(tape_class, sessions):
          """Remembers the value that a gradient is taken of."""
          original = tape_class.gradient

          @_as_it_stands
          @functools.wraps(original)
          def gradient_recorded(self, target, *positional, **named):
              if not sessions.is_active():
                  sessions.seen.value = target
              return original(self, target, *positional, **named)

          tape_class.gradient = gradient_recorded


      def record_elements(iterator_class, sessions):
          """Remembers the element that a loop over a dataset drew last."""
          original = iterator_class.__next__

          @_as_it_stands
          @functools.wraps(original)
          def next_recorded(self):
              element = original(self)
              if sessions.wants_data and not sessions.is_active():
                  is_batch = isinstance(element, tuple) and len(element) in (2, 3)
                  try:
                      sessions.element_drawn(
                          element if is_batch and all(map(_is_concrete, element)) else None)
                  except Exception as error:
                      sessions.note(sessions.compiled_loop, error)
              return element

          iterator_class.__next__ = next_recorded

      """##)
}
