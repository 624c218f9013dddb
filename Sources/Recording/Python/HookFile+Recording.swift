extension HookFile {
  /// A copy of python/downhill/_recording.py, made by Scripts/embed_hook.sh.
  static let recording = HookFile(
    path: "downhill/_recording.py",
    text: ##"""
      """The folder of one recorded run: what `downhill diagnose` reads."""

      import json
      import os
      import platform
      import sys
      import threading
      import time

      from ._batches import REPLAYED_STEPS, flat

      # An array beyond this is recorded by its first rows only.
      LARGEST_ARRAY = 1 << 30
      # Of a generator or dataset, so many batches are recorded.
      FIRST_BATCHES = 64
      # They are copied up to this size together.
      LARGEST_BATCHES = 1 << 28
      # The batches of the steps that can be computed again elsewhere, up to this size together.
      LARGEST_STEPS = 1 << 25
      # What was seen so far is written at most this often, in seconds, so that it can be watched.
      WRITE_INTERVAL = 0.5
      # After recording something the recorder rests this many times as long as it took, so that it costs
      # about 1 % of the run whatever the model's size.
      REST = 100
      # Batches are recorded one by one at the beginning, where most that goes wrong can be seen.
      FIRST_STEPS = 32
      # Later ones at most this often, in seconds.
      STEP_INTERVAL = 0.1
      # No more readings are kept; then every second one is dropped, and the interval doubles.
      MOST_READINGS = 4096

      CALLBACK_SETTINGS = (
          "monitor", "patience", "min_delta", "restore_best_weights", "start_from_epoch", "baseline",
          "factor", "cooldown", "min_lr",
      )


      def describe(callback):
          """The class' name alone, or with its settings where Keras lets them be known."""
          name = type(callback).__name__
          settings = {}
          for key in CALLBACK_SETTINGS:
              value = getattr(callback, key, None)
              if isinstance(value, (bool, int, float, str)):
                  settings[key] = value
          return {"class_name": name, "config": settings} if settings else name


      def number(value):
          """A plain number out of whatever a log holds; None for what is none."""
          try:
              return float(value)
          except Exception:
              pass
          try:
              return float(value.numpy())
          except Exception:
              return None


      def plain(array):
          """An array without Python objects: strings as their bytes, else numbers."""
          import numpy as np

          if array.dtype != object:
              return array
          parts = array.ravel().tolist()
          if parts and all(isinstance(part, (str, bytes)) for part in parts):
              parts = [part.encode("utf-8") if isinstance(part, str) else part for part in parts]
              return np.array(parts, dtype=np.bytes_).reshape(array.shape)
          return array.astype("float32")


      def write_json(path, value, indent=1):
          """The whole file or none of it."""
          temporary = f"{path}.{os.getpid()}.tmp"
          with open(temporary, "w", encoding="utf-8") as file:
              json.dump(value, file, indent=indent, default=str)
              file.write("\n")
          os.replace(temporary, path)


      def environment(library):
          """Versions, read from modules that are loaded anyhow."""
          facts = {
              "keras": getattr(library, "__version__", None),
              "library": library.__name__,
              "python": f"{sys.version_info.major}.{sys.version_info.minor}",
              "platform": platform.platform(),
          }
          try:
              facts["backend"] = library.backend.backend()
          except Exception:
              facts["backend"] = "tensorflow"
          for name in ("numpy", "tensorflow", "jax", "torch"):
              version = getattr(sys.modules.get(name), "__version__", None)
              if isinstance(version, str):
                  facts[name] = version
          return facts


      class Recording:
          """Writes one folder, piece by piece, so that a program that crashes leaves what was seen."""

          def __init__(self, folder):
              self.folder = os.path.abspath(os.fspath(folder))
              self.capture = {
                  "schema": "downhill.capture/1", "status": "unknown", "error": None, "fit": {},
                  "script": {}, "environment": {}, "notes": [],
              }
              self.history = {}
              self.epoch_count = 0
              self.readings = []
              # The losses of single steps where they are known as such.
              self.step_losses = None
              self.norms = []
              self.steps = None
              self.has_model = False
              # When the next step is due on time.perf_counter, and from which step of the first epoch on
              # that counts: the callback asks before it calls.
              self.next_step = 0.0
              self.first_steps = FIRST_STEPS
              self._interval = STEP_INTERVAL
              self._next_norms = 0.0
              self._next_write = 0.0
              self._lock = threading.Lock()
              # Held while files are written: steps and epochs may end in different threads.
              self._writing = threading.Lock()
              self._batches = []
              self._batch_indices = []
              self._batch_bytes = 0
              self._batch_source = None
              # The data of the first steps, one set of arrays a step.
              self._step_data = []
              self._step_bytes = 0
              self._is_missed = False
              self._has_broken = False
              # What batches are called that are seen only as they reach the train function; None where the
              # data is recorded otherwise.
              self.passing_source = None
              # Whether the batches that were copied are all that there are.
              self.is_complete = False

          # The beginning

          def begin(self, library, arguments, places):
              os.makedirs(self.folder, exist_ok=True)
              self.capture["fit"] = arguments
              self.capture["script"] = places
              self.capture["environment"] = environment(library)
              self.write_capture()

          def note(self, text):
              """Something that could not be recorded."""
              if text not in self.capture["notes"]:
                  self.capture["notes"].append(text)

          def save_model(self, model):
              """The weights and compile arguments before the first step."""
              import warnings

              if self.has_model or self._is_missed or not getattr(model, "built", True):
                  return
              path = os.path.join(self.folder, "model.keras")
              temporary = os.path.join(self.folder, f"saving-{os.getpid()}.keras")
              try:
                  with warnings.catch_warnings():
                      warnings.simplefilter("ignore")
                      model.save(temporary)
                  os.replace(temporary, path)
                  self.has_model = True
              except Exception as error:
                  self.note(f"the model could not be saved: {type(error).__name__}: {error}")
                  try:
                      os.remove(temporary)
                  except OSError:
                      pass

          def miss_model(self):
              """The model was built too late: what could be saved of it now is not what it began with."""
              if not self.has_model and not self._is_missed:
                  self._is_missed = True
                  if any("could not be saved" in note for note in self.capture["notes"]):
                      return
                  self.note("the model was built within its first step, so its initial weights are not known")

          def save_arrays(self, arrays):
              """x, y, … as they were handed to `fit`; what is no array is left to the batches."""
              import numpy as np

              found, complete = {}, True
              for name, value in arrays.items():
                  parts = list(value.values()) if isinstance(value, dict) else value
                  if isinstance(parts, (list, tuple)) and parts and hasattr(parts[0], "shape"):
                      named = {f"{name}{index}": part for index, part in enumerate(parts)}
                      if len(named) == 1:
                          named = {name: parts[0]}
                  else:
                      named = {name: value}
                  for key, part in named.items():
                      array = np.asarray(part)
                      if array.dtype == object:
                          try:
                              array = plain(array)
                          except (TypeError, ValueError):
                              self.note(f"{key} holds Python objects and was not recorded")
                              continue
                      if array.nbytes > LARGEST_ARRAY and array.shape[0] > 1:
                          rows = max(1, int(array.shape[0] * LARGEST_ARRAY / array.nbytes))
                          array, complete = array[:rows], False
                      found[key] = array
              if not found:
                  return
              if not complete:
                  # Rows belong together: all arrays of a part are cut alike.
                  for keys in ([k for k in found if "_val" not in k], [k for k in found if "_val" in k]):
                      rows = min((found[k].shape[0] for k in keys if found[k].ndim), default=0)
                      for key in keys:
                          found[key] = found[key][:rows]
              self._save_npz(found, complete, "arrays")

          def _save_npz(self, arrays, complete, source):
              self._write_npz("data.npz", arrays)
              self.capture["data"] = {"complete": complete, "source": source}

          def _write_npz(self, name, arrays):
              import numpy as np

              temporary = os.path.join(self.folder, f"saving-{os.getpid()}.npz")
              np.savez(temporary, **arrays)
              os.replace(temporary, os.path.join(self.folder, name))

          @property
          def batch_count(self):
              return len(self._batches)

          def take_batch(self, batch, source, index=None):
              """One of the first batches of a generator or dataset, copied; whether more are wanted.

              Batches with an index are taken once each, and kept in their order.
              """
              import numpy as np

              if index is not None and index in self._batch_indices:
                  return True
              if len(self._batches) >= FIRST_BATCHES or self._batch_bytes >= LARGEST_BATCHES:
                  return False
              try:
                  arrays = {name: plain(np.array(part)) for name, part in flat(batch).items()}
                  self._batches.append(arrays)
                  self._batch_indices.append(index)
                  self._batch_bytes += sum(array.nbytes for array in arrays.values())
                  self._batch_source = source
              except Exception as error:
                  self.note(f"a batch was not recorded: {error}")
                  return False
              return True

          def take_step_data(self, batches):
              """The data of one call of the train function, copied; whether more is wanted."""
              import numpy as np

              wants_more = False
              if self.passing_source is not None:
                  for batch in batches:
                      wants_more = self.take_batch(batch, self.passing_source)
              if len(batches) == 1 and len(self._step_data) < REPLAYED_STEPS:
                  size = 0
                  arrays = flat(batches[0])
                  if self._step_bytes <= LARGEST_STEPS:
                      arrays = {name: plain(np.array(part)) for name, part in arrays.items()}
                      size = sum(array.nbytes for array in arrays.values())
                      self._step_bytes += size
                      if self._step_bytes <= LARGEST_STEPS:
                          self._step_data.append(arrays)
                          if len(self._step_data) == REPLAYED_STEPS:
                              self.save_step_data()
                  wants_more |= len(self._step_data) < REPLAYED_STEPS and self._step_bytes <= LARGEST_STEPS
              return wants_more

          def save_step_data(self):
              """The data of the first steps, a file each: `step1.npz`, …"""
              for index, arrays in enumerate(self._step_data):
                  if arrays:
                      self._write_npz(f"step{index + 1}.npz", arrays)

          def save_batches(self):
              import numpy as np

              if not self._batches or "data" in self.capture:
                  return
              arrays, batches = {}, self._batches
              if None not in self._batch_indices:
                  order = sorted(range(len(batches)), key=lambda place: self._batch_indices[place])
                  batches = [batches[place] for place in order]
              for name in batches[0]:
                  parts = [batch[name] for batch in batches if name in batch]
                  if len(parts) == len(batches):
                      try:
                          arrays[name] = np.concatenate(parts)
                      except ValueError:
                          self.note(f"the batches of {name} differ in shape and were not recorded")
              if arrays:
                  self._save_npz(arrays, self.is_complete, self._batch_source)
                  rows = next(iter(self._batches[0].values())).shape
                  self.capture["fit"].setdefault("batch_size", int(rows[0]) if rows else 1)

          # While it trains

          def take_step(self, epoch, step, logs):
              """The running means after a step, seldom enough not to be felt."""
              start = time.perf_counter()
              loss = number((logs or {}).get("loss"))
              if loss is not None:
                  with self._lock:
                      self.readings.append((epoch, step, loss))
                      if len(self.readings) > MOST_READINGS:
                          del self.readings[FIRST_STEPS::2]
                          self._interval *= 2
                  if loss != loss and not self._has_broken:
                      # Somebody may be watching for just that.
                      self._has_broken = True
                      self._next_write = start
              self._write_sometimes(start)
              self.rest_after(start)

          def rest_after(self, start):
              """No step is looked at for a hundred times as long as the last one took."""
              end = time.perf_counter()
              self.next_step = end + max(self._interval, REST * (end - start))

          def _write_sometimes(self, now):
              if now >= self._next_write:
                  before = time.perf_counter()
                  self.write_history()
                  after = time.perf_counter()
                  self._next_write = after + max(WRITE_INTERVAL, REST * (after - before))

          def take_epoch(self, epoch, logs, model):
              """The values at the end of an epoch, and the norms of the weights."""
              start = time.perf_counter()
              for key, value in (logs or {}).items():
                  value = number(value)
                  if value is not None:
                      self.history.setdefault(key, []).append(value)
              self.epoch_count += 1
              if start >= self._next_norms and model is not None:
                  self.take_norms(epoch, model)
                  self._next_norms = time.perf_counter() + REST * (time.perf_counter() - start)
              self._write_sometimes(start)

          def take_norms(self, epoch, model):
              import numpy as np

              rows = []
              try:
                  for variable in model.trainable_variables:
                      value = np.asarray(variable, dtype="float32").ravel()
                      norm = float(np.sqrt(np.dot(value, value)))
                      finite = norm == norm and norm != float("inf")
                      broken = 0 if finite else int(value.size - np.isfinite(value).sum())
                      rows.append([getattr(variable, "path", variable.name), norm, broken])
              except Exception as error:
                  self.note(f"the norms of the weights were not recorded: {error}")
              self.norms.append({"epoch": epoch + 1, "variables": rows})

          # The end

          def batch_losses(self):
              """The mean loss between readings: (n2 L2 - n1 L1) / (n2 - n1) of the running means."""
              if self.step_losses is not None:
                  return self.step_losses
              losses, last = [], None
              with self._lock:
                  readings = sorted(self.readings, key=lambda reading: reading[:2])
              for epoch, step, mean in readings:
                  before = last if last and last[0] == epoch else (epoch, 0, 0.0)
                  if step > before[1]:
                      total = step * mean - before[1] * before[2]
                      losses.append([epoch + 1, before[1] + 1, step, total / (step - before[1])])
                  last = (epoch, step, mean)
              return losses

          def write_history(self):
              with self._writing:
                  history = {key: list(values) for key, values in list(self.history.items())}
                  write_json(os.path.join(self.folder, "history.json"), history)
                  steps = {
                      "steps": self.steps, "batches": self.batch_losses(), "weight_norms": self.norms,
                  }
                  write_json(os.path.join(self.folder, "steps.json"), steps, indent=None)

          def write_capture(self):
              write_json(os.path.join(self.folder, "capture.json"), self.capture)

          def finish(self, error=None):
              """Writes what is left; `error` is the exception that ended the run."""
              import traceback

              self.capture["status"] = "finished"
              if error is not None:
                  stopped = isinstance(error, (KeyboardInterrupt, SystemExit))
                  self.capture["status"] = "interrupted" if stopped else "raised"
                  self.capture["error"] = f"{type(error).__name__}: {error}"
                  self.capture["traceback"] = "".join(
                      traceback.format_exception(type(error), error, error.__traceback__))[-20000:]
              self.save_batches()
              if len(self._step_data) < REPLAYED_STEPS:
                  self.save_step_data()
              self.write_history()
              if self.steps:
                  self.capture["steps_per_epoch"] = self.steps
              self.write_log()
              self.write_capture()

          def write_log(self):
              """What Keras would print with verbose=2: one line an epoch."""
              steps = self.steps or 1
              epochs = self.epoch_count
              lines = []
              for index in range(epochs):
                  values = [
                      f"{key}: {column[index]:.4f}" for key, column in sorted(self.history.items())
                      if index < len(column)
                  ]
                  planned = self.capture["fit"].get("epochs", epochs)
                  lines.append(f"Epoch {index + 1}/{max(planned, epochs)}")
                  lines.append(f"{steps}/{steps} - 0s - " + " - ".join(values))
              if self.capture["error"]:
                  lines.append(self.capture["error"])
              with open(os.path.join(self.folder, "log.txt"), "w", encoding="utf-8") as file:
                  file.write("\n".join(lines) + "\n")

      """##)
}
