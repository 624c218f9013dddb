extension HookFile {
  /// A copy of python/downhill/_patching.py, made by Scripts/embed_hook.sh.
  static let patching = HookFile(
    path: "downhill/_patching.py",
    text: ##"""
      """Puts the recorder around `compile` and `fit` as soon as Keras is imported."""

      import functools
      import importlib.abc
      import importlib.util
      import inspect
      import os
      import sys
      import types

      from ._callback import make_callback
      from ._recording import Recording, describe

      # Modules that define the class whose `fit` people call, and the library that they belong to.
      TARGETS = {
          "keras.src.models.model": "keras",
          "tf_keras.src.engine.training": "tf_keras",
          "keras.src.engine.training": "keras",
      }
      # Frames of these are not the user's.
      INTERNAL = ("keras", "tf_keras", "tensorflow", "jax", "torch", __package__)
      # More models than this in one program are a search: its first ones are recorded.
      MOST_RECORDINGS = 20

      _root = None
      _count = 0
      _places = {}
      _compiled = set()
      _active = False
      _last = (None, None)


      def install(folder):
          """Records every model that is trained from now on, each in a folder of its own below this one."""
          global _root
          if _root is not None:
              return
          _root = os.path.abspath(os.fspath(folder))
          for name in TARGETS:
              if name in sys.modules:
                  patch(sys.modules[name], TARGETS[name])
          sys.meta_path.insert(0, _Finder())


      class _Finder(importlib.abc.MetaPathFinder):
          """Finds nothing itself: lets the others find the targets, and patches them once loaded."""

          def find_spec(self, name, path=None, target=None):
              if name not in TARGETS:
                  return None
              for finder in sys.meta_path:
                  if finder is self or not hasattr(finder, "find_spec"):
                      continue
                  spec = finder.find_spec(name, path, target)
                  if spec is not None:
                      if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                          spec.loader = _Loader(spec.loader, TARGETS[name])
                      return spec
              return None


      class _Loader(importlib.abc.Loader):
          def __init__(self, loader, library):
              self._loader = loader
              self._library = library

          def __getattr__(self, name):
              return getattr(self._loader, name)

          def create_module(self, spec):
              return self._loader.create_module(spec)

          def exec_module(self, module):
              self._loader.exec_module(module)
              module.__loader__ = self._loader
              if module.__spec__ is not None:
                  module.__spec__.loader = self._loader
              try:
                  patch(module, self._library)
              except Exception as error:
                  _say(f"this version of {self._library} is not known, so nothing is recorded ({error})")


      def _say(text):
          print(f"downhill: note: {text}", file=sys.stderr)


      def _place():
          """File and line of the innermost frame that is the user's."""
          folders = [
              os.path.dirname(sys.modules[name].__file__) + os.sep for name in INTERNAL
              if getattr(sys.modules.get(name), "__file__", None)
          ]
          frame = sys._getframe(1)
          while frame is not None:
              path = frame.f_code.co_filename
              if not path.startswith("<frozen") and not any(map(path.startswith, folders)):
                  return {"path": os.path.abspath(path), "line": frame.f_lineno}
              frame = frame.f_back
          return None


      def patch(module, library_name):
          """Wraps `compile` and `fit` of the class `Model` of a module."""
          model_class = module.Model
          fit, compile_ = model_class.fit, model_class.compile
          if getattr(fit, "_downhill", False):
              return

          @functools.wraps(compile_)
          def compile_recorded(self, *positional, **named):
              try:
                  _places[id(self)] = _place()
                  _compiled.add(id(self))
              except Exception:
                  pass
              return compile_(self, *positional, **named)

          @functools.wraps(fit)
          def fit_recorded(self, *positional, **named):
              global _active
              # A `fit` that is called by another one, as tuners and wrappers do, is part of that one.
              if _active:
                  return fit(self, *positional, **named)
              session = None
              try:
                  with _RandomState():
                      session = _Session(sys.modules[library_name], self, fit, positional, named)
              except Exception as error:
                  _say(f"the run is not recorded: {type(error).__name__}: {error}")
              if session is None or session.recording is None:
                  return fit(self, *positional, **named)
              _active = True
              try:
                  result = fit(*session.bound.args, **session.bound.kwargs)
              except BaseException as error:
                  session.end(error)
                  raise
              finally:
                  _active = False
              session.end()
              return result

          fit_recorded._downhill = True
          model_class.fit = fit_recorded
          model_class.compile = compile_recorded


      class _RandomState:
          """Puts the global random states back, should anything that is called here draw from them."""

          def __enter__(self):
              import random

              self.python = random.getstate()
              numpy = sys.modules.get("numpy")
              self.numpy = numpy.random.get_state() if numpy is not None else None

          def __exit__(self, *_):
              import random

              random.setstate(self.python)
              if self.numpy is not None:
                  sys.modules["numpy"].random.set_state(self.numpy)


      class _Session:
          """One call of `fit`."""

          def __init__(self, library, model, fit, positional, named):
              global _count, _last
              self.recording = None
              self.bound = inspect.signature(fit).bind(model, *positional, **named)
              given = self.bound.arguments
              # Another call of `fit` goes on with the same weights: it is the same training, unless the
              # model was compiled anew in between.
              again = _last[0] is not None and _last[0]() is model and id(model) not in _compiled
              _compiled.discard(id(model))
              if not again and _count >= MOST_RECORDINGS:
                  return
              if again:
                  recording = _last[1]
                  more = _fit_arguments(given)
                  recording.capture["fit"]["epochs"] += more["epochs"] - more.get("initial_epoch", 0)
              else:
                  import weakref

                  _count += 1
                  recording = Recording(os.path.join(_root, f"{os.getpid()}-fit{_count:03d}"))
                  recording.is_wrapped = True
                  places = {"fit": _place(), "compile": _places.get(id(model))}
                  script = (places["fit"] or {}).get("path")
                  recording.begin(library, _fit_arguments(given), {"path": script, **places})
                  _last = (weakref.ref(model), recording)
                  try:
                      self._record_data(recording, given)
                  except Exception as error:
                      recording.note(f"the data was not recorded: {type(error).__name__}: {error}")
                  if getattr(model, "built", False):
                      recording.save_model(model)
              self.recording = recording
              callback = make_callback(library, recording)
              callbacks = given.get("callbacks")
              if isinstance(callbacks, library.callbacks.CallbackList):
                  callbacks.append(callback)
              elif callbacks is None:
                  given["callbacks"] = [callback]
              elif isinstance(callbacks, (list, tuple)):
                  given["callbacks"] = [*callbacks, callback]
              else:
                  given["callbacks"] = [callbacks, callback]

          def _record_data(self, recording, given):
              x, y = given.get("x"), given.get("y")
              self._restore = None
              if isinstance(x, types.GeneratorType):
                  given["x"] = _tee(x, recording)
                  return
              if _is_sequence_of_batches(x):
                  self._restore = _watch_items(type(x), recording)
                  return
              if _is_array(x):
                  arrays = {"x": x, "y": y, "sample_weight": given.get("sample_weight")}
                  validation = given.get("validation_data")
                  if isinstance(validation, (tuple, list)) and _is_array(validation[0]):
                      arrays["x_val"] = validation[0]
                      arrays["y_val"] = validation[1] if len(validation) > 1 else None
                  recording.save_arrays({k: v for k, v in arrays.items() if v is not None})
                  columns = getattr(x, "columns", None)
                  if columns is not None:
                      recording.capture["columns"] = [str(c) for c in columns][:10000]
                  return
              recording.note(f"data of the kind {type(x).__name__} is not recorded; add it with --data")

          def end(self, error=None):
              try:
                  if getattr(self, "_restore", None):
                      self._restore()
                  recording = self.recording
                  if error is not None and not recording.readings and not recording.epoch_count:
                      # It stopped before the first step: the weights are still the initial ones.
                      recording.save_model(self.bound.arguments["self"])
                  with _RandomState():
                      self.recording.finish(error)
              except Exception as failure:
                  _say(f"the recording is not complete: {type(failure).__name__}: {failure}")


      def _fit_arguments(given):
          names = ("epochs", "batch_size", "validation_split", "shuffle", "initial_epoch",
                   "steps_per_epoch", "validation_steps", "validation_freq")
          facts = {}
          for name in names:
              value = given.get(name)
              if isinstance(value, (bool, int, float, str)):
                  facts[name] = value
              elif hasattr(value, "item"):
                  facts[name] = value.item()
          facts.setdefault("epochs", 1)
          weights = given.get("class_weight")
          if weights is not None:
              items = weights.items() if hasattr(weights, "items") else enumerate(weights)
              facts["class_weight"] = {str(k): float(v) for k, v in items}
          callbacks = given.get("callbacks") or []
          if not isinstance(callbacks, (list, tuple)):
              callbacks = getattr(callbacks, "callbacks", [callbacks])
          facts["callbacks"] = [describe(callback) for callback in callbacks]
          return facts


      def _is_array(value):
          if isinstance(value, dict):
              value = list(value.values())
          if isinstance(value, (list, tuple)):
              first = value[0] if value else None
              return hasattr(first, "shape") or isinstance(first, (int, float, list))
          return hasattr(value, "shape") and hasattr(value, "__getitem__") and hasattr(value, "__len__")


      def _is_sequence_of_batches(value):
          return any(kind.__name__ in ("PyDataset", "Sequence", "Iterator")
                     and "keras" in kind.__module__ for kind in type(value).__mro__)


      def _tee(batches, recording):
          """The same batches; the first ones are copied as they pass."""
          for batch in batches:
              recording.take_batch(batch, "generator")
              yield batch


      def _watch_items(kind, recording):
          """Copies the first items that Keras takes out of a sequence; returns what undoes it."""
          original = kind.__getitem__
          is_own = "__getitem__" in vars(kind)

          @functools.wraps(original)
          def getitem(self, index):
              batch = original(self, index)
              recording.take_batch(batch, kind.__name__)
              return batch

          kind.__getitem__ = getitem

          def restore():
              if is_own:
                  kind.__getitem__ = original
              else:
                  del kind.__getitem__

          return restore

      """##)
}
