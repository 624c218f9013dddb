extension HookFile {
  /// A copy of python/downhill/__init__.py, made by Scripts/embed_hook.sh.
  static let package = HookFile(
    path: "downhill/__init__.py",
    text: ##"""
      """Records a Keras training run for Downhill, which finds out why its loss does not fall."""

      from ._patching import install
      from ._recording import Recording

      __all__ = ["Callback", "Recording", "install"]
      __version__ = "0.1.0"


      def Callback(folder="recording"):  # noqa: N802 (it stands where a class of Keras would)
          """A callback for `fit` that records the run in a folder.

          In a notebook, showing it after `fit` shows the report: `watch = downhill.Callback()`,
          `model.fit(x, y, callbacks=[watch])`, `watch`. The report is made by the program `downhill`, which
          has to be found on the `PATH` or named by `DOWNHILL`.
          """
          import sys

          from ._callback import make_callback

          # Both may be loaded, and which one the model is of shows in `fit` only.
          libraries = [sys.modules[name] for name in ("keras", "tf_keras") if name in sys.modules]
          if not libraries:
              import keras

              libraries = [keras]
          return make_callback(libraries[0], Recording(folder), *libraries[1:])

      """##)
}
