extension HookFile {
  /// A copy of python/downhill/_arguments.py, made by Scripts/embed_hook.sh.
  static let arguments = HookFile(
    path: "downhill/_arguments.py",
    text: ##"""
      """The arguments of `fit`: as facts, and the data among them."""

      from . import _batches
      from ._recording import describe


      def fit_arguments(given):
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


      def record_data(recording, given, undo):
          """Records what `fit` trains on, or has it recorded as it passes; `undo` takes what ends that."""
          x, y = given.get("x"), given.get("y")
          shapes = _batches.element_shapes(x)
          if shapes is not None:
              recording.capture["elements"] = shapes
              _record_dataset(recording, x)
          elif _batches.is_generator(x):
              given["x"] = _batches.tee(x, recording)
          elif _batches.is_sequence(x):
              undo.append(_batches.watch_items(type(x), recording))
          elif _batches.is_array(x):
              arrays = {"x": x, "y": y, "sample_weight": given.get("sample_weight")}
              validation = given.get("validation_data")
              if isinstance(validation, (tuple, list)) and _batches.is_array(validation[0]):
                  arrays["x_val"] = validation[0]
                  arrays["y_val"] = validation[1] if len(validation) > 1 else None
              recording.save_arrays({k: v for k, v in arrays.items() if v is not None})
              columns = getattr(x, "columns", None)
              if columns is not None:
                  recording.capture["columns"] = [str(c) for c in columns][:10000]
          else:
              _record_passing(recording, type(x).__name__)


      def _record_dataset(recording, dataset):
          """The first elements of a `tf.data.Dataset`: as they pass, or else drawn apart from it."""
          if recording.capture["environment"].get("backend") != "tensorflow":
              _record_passing(recording, "tf.data")
              return
          apart = _batches.undrawn(dataset)
          if apart is None:
              recording.note(
                  "the elements of the dataset are not recorded, as drawing them would change what the "
                  "program draws; add the data with --data")
              return
          for batch in apart:
              if not recording.take_batch(batch, "tf.data"):
                  break
          else:
              recording.is_complete = True
          recording.save_batches()


      def _record_passing(recording, source):
          """Data that is seen only as it reaches the train function."""
          if recording.capture["environment"].get("backend") in ("jax", "torch"):
              recording.passing_source = source
          else:
              recording.note(f"data of the kind {source} is not recorded; add it with --data")

      """##)
}
