extension HookFile {
  /// A copy of python/downhill/_batches.py, made by Scripts/embed_hook.sh.
  static let batches = HookFile(
    path: "downhill/_batches.py",
    text: ##"""
      """Copies the first batches as they pass, without drawing one that the program would not draw."""

      import functools
      import types

      # With these, the losses of the first steps can be computed again elsewhere and compared.
      REPLAYED_STEPS = 5


      def flat(batch):
          """A batch as (x…, y…, sample_weight): each part a list of arrays, by name."""
          if not isinstance(batch, (tuple, list)):
              batch = (batch,)
          arrays = {}
          for name, part in zip(("x", "y", "sample_weight"), batch):
              if part is None:
                  continue
              parts = list(part.values()) if isinstance(part, dict) else part
              if not isinstance(parts, (tuple, list)):
                  arrays[name] = parts
                  continue
              for index, single in enumerate(parts):
                  if single is not None:
                      arrays[name if len(parts) == 1 else f"{name}{index}"] = single
          return arrays


      def watch_steps(model, recording):
          """Copies the data that the first calls of the train function are given; returns what ends it.

          JAX and PyTorch hand batches through Python; TensorFlow hands its own iterator to a compiled loop,
          which is left alone.
          """
          original = getattr(model, "train_function", None)
          if original is None or "train_function" not in vars(model):
              return lambda: None

          def end():
              if vars(model).get("train_function") is first_steps:
                  model.train_function = original

          @functools.wraps(original)
          def first_steps(*arguments, **named):
              passed, data = [], arguments[-1] if arguments else None
              if isinstance(data, (list, tuple)):
                  passed = list(data)
              elif hasattr(data, "__next__") and not hasattr(data, "element_spec"):
                  arguments = (*arguments[:-1], _Passing(data, passed))
              else:
                  end()
              result = original(*arguments, **named)
              try:
                  if not passed or not recording.take_step_data(passed):
                      end()
              except Exception as error:
                  recording.note(f"a batch was not recorded: {error}")
                  end()
              return result

          model.train_function = first_steps
          return end


      class _Passing:
          """An iterator that keeps what it hands on."""

          def __init__(self, iterator, passed):
              self._iterator, self._passed = iterator, passed

          def __iter__(self):
              return self

          def __next__(self):
              batch = next(self._iterator)
              self._passed.append(batch)
              return batch


      def tee(batches, recording):
          """The same batches of a generator; the first ones are copied as they pass."""
          for batch in batches:
              recording.take_batch(batch, "generator")
              yield batch


      def watch_items(kind, recording):
          """Copies the first items that Keras takes out of a sequence; returns what undoes it."""
          original = kind.__getitem__
          is_own = "__getitem__" in vars(kind)

          @functools.wraps(original)
          def getitem(self, index):
              batch = original(self, index)
              # Keras takes the first one twice, to see its shapes, and may take others in any order.
              recording.take_batch(batch, kind.__name__, index)
              try:
                  recording.is_complete = recording.batch_count >= len(self)
              except Exception:
                  pass
              return batch

          kind.__getitem__ = getitem

          def restore():
              if is_own:
                  kind.__getitem__ = original
              else:
                  del kind.__getitem__

          return restore


      def is_array(value):
          if isinstance(value, dict):
              value = list(value.values())
          if isinstance(value, (list, tuple)):
              first = value[0] if value else None
              return hasattr(first, "shape") or isinstance(first, (int, float, list))
          return hasattr(value, "shape") and hasattr(value, "__getitem__") and hasattr(value, "__len__")


      def is_generator(value):
          return isinstance(value, types.GeneratorType)


      def is_sequence(value):
          return any(kind.__name__ in ("PyDataset", "Sequence", "Iterator")
                     and "keras" in kind.__module__ for kind in type(value).__mro__)


      def element_shapes(dataset):
          """The shapes and types of a dataset's elements in words; None for what is no `tf.data.Dataset`."""
          spec = getattr(dataset, "element_spec", None)
          if spec is None:
              return None

          def words(part):
              if isinstance(part, dict):
                  return {str(key): words(value) for key, value in part.items()}
              if isinstance(part, (tuple, list)):
                  return [words(value) for value in part]
              shape = getattr(part, "shape", None)
              rank = getattr(shape, "rank", None)
              return {
                  "shape": None if rank is None else [None if n is None else int(n) for n in shape],
                  "dtype": str(getattr(getattr(part, "dtype", None), "name", "")),
              }

          return words(spec)


      # Datasets of `tf.data` that give the same elements every time and draw nothing.
      PURE = {
          "TensorSliceDataset", "_TensorSliceDataset", "TensorDataset", "_TensorDataset", "RangeDataset",
          "_RangeDataset", "ZipDataset", "_ZipDataset", "RepeatDataset", "_RepeatDataset", "TakeDataset",
          "_TakeDataset", "SkipDataset", "_SkipDataset", "BatchDataset", "_BatchDataset",
          "ParallelBatchDataset", "_ParallelBatchDataset", "MapDataset", "_MapDataset",
          "ParallelMapDataset", "_ParallelMapDataset", "PrefetchDataset", "_PrefetchDataset",
          "OptionsDataset", "_OptionsDataset", "ConcatenateDataset", "_ConcatenateDataset",
      }
      # These change nothing of the elements but their order or when they are made.
      TRANSPARENT = {"ShuffleDataset", "_ShuffleDataset", "CacheDataset", "_CacheDataset",
                     "PrefetchDataset", "_PrefetchDataset", "OptionsDataset", "_OptionsDataset"}


      def undrawn(dataset):
          """A dataset with the same elements that can be drawn from without changing what the program draws.

          What it shuffles comes in the order before, and what it caches is made anew. None where a step of it
          is unknown, or draws random numbers, or reads something that is used up.
          """
          name = type(dataset).__name__
          inputs = list(dataset._inputs())
          if name not in PURE | TRANSPARENT or (not inputs and name not in PURE):
              return None
          function = getattr(dataset, "_map_func", None)
          if function is not None:
              function = function.function
              if any(op.op_def is not None and op.op_def.is_stateful
                     for op in function.graph.get_operations()):
                  return None
              if function.graph.captures and any("resource" in str(c.dtype) for c, _ in
                                                 function.graph.captures):
                  return None
          below = [undrawn(part) for part in inputs]
          if any(part is None for part in below):
              return None
          if name in TRANSPARENT:
              return below[0]
          if all(own is part for own, part in zip(inputs, below)):
              return dataset
          if len(below) == 1 and "Batch" in name:
              return below[0].batch(dataset._batch_size, drop_remainder=dataset._drop_remainder)
          if len(below) == 1 and "Repeat" in name:
              return below[0]
          return None

      """##)
}
