extension HookFile {
  /// A copy of python/downhill/_building.py, made by Scripts/embed_hook.sh.
  static let building = HookFile(
    path: "downhill/_building.py",
    text: ##"""
      """The weights of models that TensorFlow builds within their first step."""

      import sys
      import threading


      def apart(function):
          """Calls a function in a thread of its own, where no graph is being traced: what a trace forbids,
          and what it would take note of, is bound to the thread."""
          failures = []

          def call():
              try:
                  function()
              except Exception as error:
                  failures.append(error)

          thread = threading.Thread(target=call)
          thread.start()
          thread.join()
          if failures:
              raise failures[0]


      def is_tracing():
          """Whether TensorFlow is putting a graph together now, and runs nothing yet."""
          tensorflow = sys.modules.get("tensorflow")
          try:
              return tensorflow is not None and not tensorflow.executing_eagerly()
          except Exception:
              return False


      def are_drawn(model):
          """Whether all weights have their first values: TensorFlow makes variables while it traces, and
          draws their values behind that trace."""
          import numpy as np

          try:
              weights = list(model.weights)
              return bool(weights) and all(
                  np.shape(weight.numpy()) == tuple(weight.shape) for weight in weights)
          except Exception:
              return False


      def save_alike(library, model, x, recording):
          """Saves a model of the same layers whose weights are drawn anew, for a run that stopped before its
          own were drawn."""

          def save():
              alike = library.models.clone_model(model)
              if not alike.built:
                  alike.build((None, *x.shape[1:]))
              alike.compile_from_config(model.get_compile_config())
              recording.save_model(alike)
              if recording.has_model:
                  recording.note(
                      "the program stopped before the weights were drawn; others stand in their place")

          apart(save)


      def save_in_trace(model, recording):
          """Saves a model while its first step is traced, if its weights are there by then."""

          def save():
              if are_drawn(model):
                  recording.save_model(model)

          apart(save)


      def save_when_built(model, recording):
          """Saves a model without an input when its first step is traced; returns what undoes it.

          TensorFlow traces a step that makes variables twice: once to make them, and, with their values
          drawn, once more to run it. Within the second trace the weights are there, and no step has changed
          them.
          """
          step = getattr(model, "train_step", None)
          if step is None or "train_step" in vars(model):
              return lambda: None

          def traced_step(*arguments, **named):
              result = step(*arguments, **named)
              if not recording.has_model:
                  if is_tracing():
                      save_in_trace(model, recording)
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
