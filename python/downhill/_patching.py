"""Puts the recorder around `compile` and `fit` as soon as Keras is imported."""

import functools
import importlib.abc
import importlib.util
import inspect
import os
import sys

from . import _building, _loops
from ._arguments import fit_arguments, record_data
from ._callback import make_callback
from ._recording import Recording
from ._sessions import Sessions

# Modules that define the class whose `fit` people call, and the library that they belong to.
MODELS = {
    "keras.src.models.model": "keras",
    "tf_keras.src.engine.training": "tf_keras",
    "keras.src.engine.training": "keras",
}
# Modules whose classes a training loop of one's own goes through: the class, and what wraps it.
LOOPS = {
    "keras.src.optimizers.base_optimizer": ("BaseOptimizer", _loops.record_optimizer),
    "tf_keras.src.optimizers.optimizer": ("Optimizer", _loops.record_optimizer),
    "keras.src.losses.loss": ("Loss", _loops.record_loss),
    "tf_keras.src.losses": ("Loss", _loops.record_loss),
    "tensorflow.python.eager.backprop": ("GradientTape", _loops.record_tape),
    "tensorflow.python.data.ops.iterator_ops": ("OwnedIterator", _loops.record_elements),
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
    for name in [*MODELS, *LOOPS]:
        if name in sys.modules:
            patch(sys.modules[name], name)
    sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    """Finds nothing itself: lets the others find the targets, and patches them once loaded."""

    def find_spec(self, name, path=None, target=None):
        if name not in MODELS and name not in LOOPS:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                    spec.loader = _Loader(spec.loader, name)
                return spec
        return None


class _Loader(importlib.abc.Loader):
    def __init__(self, loader, name):
        self._loader = loader
        self._name = name

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
            patch(module, self._name)
        except Exception as error:
            library = self._name.partition(".")[0]
            _say(f"this version of {library} is not known, so not all is recorded ({error})")


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
        # What TensorFlow translated stands in a temporary file.
        is_made = path.startswith("<frozen") or "__autograph_generated" in path
        if not is_made and not any(map(path.startswith, folders)):
            return {"path": os.path.abspath(path), "line": frame.f_lineno}
        frame = frame.f_back
    return None


def patch(module, name):
    """Wraps what training goes through in a module."""
    if name in LOOPS:
        class_name, wrap = LOOPS[name]
        wrap(getattr(module, class_name), sessions)
        return
    _patch_model(module.Model, MODELS[name])


def _patch_model(model_class, library_name):
    """Wraps `compile`, `fit` and `train_on_batch`."""
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
    sessions.model_class, sessions.library_name = model_class, library_name
    _loops.record_on_batch(model_class, sessions)
    _loops.record_calls(model_class, sessions)


def _new_recording(library, model, arguments):
    """A folder for one model, and the places that made it; None when there are too many."""
    global _count
    if _count >= MOST_RECORDINGS:
        return None
    _count += 1
    recording = Recording(os.path.join(_root, f"{os.getpid()}-fit{_count:03d}"))
    recording.is_wrapped = True
    places = {"fit": _place(), "compile": _places.get(id(model))}
    script = (places["fit"] or {}).get("path")
    recording.begin(library, arguments, {"path": script, **places})
    return recording


sessions = Sessions(
    lambda name, model: _new_recording(
        sys.modules[name], model, {"epochs": 1, "shuffle": False, "callbacks": []}),
    lambda: _active, _say)


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
        global _last
        self.recording = None
        self._undo = []
        self.bound = inspect.signature(fit).bind(model, *positional, **named)
        given = self.bound.arguments
        # Another call of `fit` goes on with the same weights: it is the same training, unless the
        # model was compiled anew in between.
        again = _last[0] is not None and _last[0]() is model and id(model) not in _compiled
        _compiled.discard(id(model))
        if again:
            recording = _last[1]
            more = fit_arguments(given)
            recording.capture["fit"]["epochs"] += more["epochs"] - more.get("initial_epoch", 0)
        else:
            import weakref

            recording = _new_recording(library, model, fit_arguments(given))
            if recording is None:
                return
            _last = (weakref.ref(model), recording)
            try:
                record_data(recording, given, self._undo)
            except Exception as error:
                recording.note(f"the data was not recorded: {type(error).__name__}: {error}")
            if getattr(model, "built", False):
                recording.save_model(model)
            elif recording.capture["environment"].get("backend") == "tensorflow":
                self._undo.append(_building.save_when_built(model, recording))
        self.recording = recording
        callback = make_callback(library, recording)
        self._undo.append(callback.stop_watching)
        callbacks = given.get("callbacks")
        if isinstance(callbacks, library.callbacks.CallbackList):
            callbacks.append(callback)
        elif callbacks is None:
            given["callbacks"] = [callback]
        elif isinstance(callbacks, (list, tuple)):
            given["callbacks"] = [*callbacks, callback]
        else:
            given["callbacks"] = [callbacks, callback]

    def _save_unstepped(self, recording):
        """It stopped before the first step: the weights are still the initial ones, if there are any."""
        environment = recording.capture["environment"]
        model, x = (self.bound.arguments.get(name) for name in ("self", "x"))
        try:
            if environment.get("backend") != "tensorflow" or _building.are_drawn(model):
                recording.save_model(model)
            elif hasattr(x, "shape"):
                _building.save_alike(sys.modules[environment["library"]], model, x, recording)
        except Exception as error:
            recording.note(f"the model could not be saved: {type(error).__name__}: {error}")

    def end(self, error=None):
        try:
            for undo in self._undo:
                undo()
            recording = self.recording
            if error is not None and not recording.readings and not recording.epoch_count:
                self._save_unstepped(recording)
            if not recording.has_model and error is None:
                recording.miss_model()
            with _RandomState():
                self.recording.finish(error)
        except Exception as failure:
            _say(f"the recording is not complete: {type(failure).__name__}: {failure}")
