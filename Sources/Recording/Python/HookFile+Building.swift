extension HookFile {
  /// A copy of python/downhill/_building.py, made by Scripts/embed_hook.sh.
  static let building = HookFile(
    path: "downhill/_building.py",
    text: ##"""
      """The weights of models that TensorFlow builds within their first step."""

      import sys


      def in_eager_scope(function):
          """Calls a function outside of any graph that TensorFlow is tracing."""
          tensorflow = sys.modules.get("tensorflow")
          if tensorflow is None or not hasattr(tensorflow, "init_scope"):
              return function()
          with tensorflow.init_scope():
              return function()


      def is_tracing():
          """Whether TensorFlow is putting a graph together now, and runs nothing yet."""
          tensorflow = sys.modules.get("tensorflow")
          try:
              return tensorflow is not None and not tensorflow.executing_eagerly()
          except Exception:
              return False


      def save_when_built(model, recording):
          """Saves a model without an input right behind the trace of its first step; returns what undoes it.

          The trace builds the layers, and TensorFlow draws their weights outside of the graph: behind it they
          are there, and no step has changed them.
          """
          step = getattr(model, "train_step", None)
          if step is None or "train_step" in vars(model):
              return lambda: None

          def traced_step(*arguments, **named):
              result = step(*arguments, **named)
              if not recording.has_model:
                  if is_tracing():
                      in_eager_scope(lambda: recording.save_model(model))
                  else:
                      recording.miss_model()
              return result

          model.train_step = traced_step

          def undo():
              if vars(model).get("train_step") is traced_step:
                  del model.train_step

          return undo

      """##)
}
