"""Loaded by Python itself at its start: puts the recorder in place, and then loads the module of the
same name that this one stands before, if there is one."""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))

if os.environ.get("DOWNHILL_CAPTURE"):
    try:
        if _here not in sys.path:
            sys.path.insert(0, _here)
        import downhill

        downhill.install(os.environ["DOWNHILL_CAPTURE"])
    except Exception as _error:  # the program runs in any case
        print(f"downhill: note: nothing is recorded: {_error}", file=sys.stderr)

# The program sees the search path that it would have without us.
sys.path[:] = [_path for _path in sys.path if os.path.abspath(_path or os.curdir) != _here]


def _load_shadowed():
    import importlib.machinery
    import importlib.util

    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_load_shadowed()
