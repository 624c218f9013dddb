"""Models of sequences: predictions, gradients, three steps of training, and where weights are kept."""

import os
import tempfile

import h5py
import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras import layers as L
from keras import ops
from keras import regularizers as R

from .writing import plain_config

ROWS, STEPS, FEATURES, WORDS = 4, 5, 3, 7
SPARSE = "sparse_categorical_crossentropy"


def words():
    return keras.Input((STEPS,), name="words")


def steps(name="steps"):
    return keras.Input((STEPS, FEATURES), name=name)


def sequential(*layers, of=None):
    return keras.Sequential([keras.Input(of or (STEPS, FEATURES)), *layers])


def of_words(*layers, mask=True):
    return sequential(L.Embedding(WORDS, 3, mask_zero=mask), *layers, of=(STEPS,))


def functional(build, inputs=None):
    """A model of what a function makes of its inputs; several results are joined."""
    given = [steps()] if inputs is None else inputs
    made = build(*given)
    flat = [L.Flatten()(v) if len(v.shape) > 2 else v for v in made] if isinstance(made, list) else made
    return keras.Model(given, L.Concatenate()(flat) if isinstance(flat, list) else flat)


def masks():
    """(name, model, loss)"""
    yield "embedding_pooling", of_words(L.GlobalAveragePooling1D(), L.Dense(2), mask=False), "mse"
    yield "embedding_mask_pooling", of_words(L.GlobalAveragePooling1D(), L.Dense(2)), "mse"
    yield "embedding_regularized", sequential(
        L.Embedding(WORDS, 2, embeddings_regularizer="l2", embeddings_constraint="unit_norm"),
        L.Flatten(), L.Dense(1), of=(STEPS,)), "mse"
    yield "mask_in_loss", of_words(L.Dense(2, activation="tanh"), L.Dropout(0.0), L.Dense(1)), "mse"
    yield "mask_in_sparse_loss", of_words(L.Dense(4, activation="softmax")), SPARSE
    yield "mask_stopped", of_words(L.Reshape((3, STEPS)), L.Dense(1)), "mse"
    yield "masking_dense", sequential(L.Masking(), L.Dense(2), L.LayerNormalization(), L.Dense(1)), "mse"
    yield "masking_value_pooling", sequential(
        L.Masking(-1.0), L.GlobalAveragePooling1D(keepdims=True), L.Flatten(), L.Dense(1)), "mse"
    yield "mask_batch_norm", of_words(L.BatchNormalization(momentum=0.8), L.Dense(1)), "mse"
    yield "mask_through_activations", of_words(
        L.ReLU(), L.LeakyReLU(), L.PReLU(), L.UnitNormalization(), L.Rescaling(2.0),
        L.Activation("tanh"), L.Identity(), L.Dense(1)), "mse"
    yield "mask_rms_norm", of_words(L.RMSNormalization(), L.Dense(1)), "mse"

    def merge(layer):
        def build(w):
            a, b = L.Embedding(WORDS, 2, mask_zero=True)(w), L.Embedding(WORDS, 2, mask_zero=True)(w)
            return L.Dense(1)(layer([a, b]))
        return functional(build, [words()])

    yield "mask_added", merge(L.Add()), "mse"
    yield "mask_averaged", merge(L.Average()), "mse"
    yield "mask_concatenated", merge(L.Concatenate()), "mse"
    yield "mask_and_none_added", functional(lambda w: L.Dense(1)(L.Add()([
        L.Embedding(WORDS, 2, mask_zero=True)(w), L.Embedding(WORDS, 2)(w)])), [words()]), "mse"
    yield "mask_and_none_concatenated", functional(lambda w: L.Dense(1)(L.Concatenate()([
        L.Embedding(WORDS, 2, mask_zero=True)(w), L.Embedding(WORDS, 2)(w)])), [words()]), "mse"
    yield "mask_pooled_functional", functional(lambda w: L.Dense(1)(L.GlobalAveragePooling1D()(
        L.Dense(2, activation="relu")(L.Embedding(WORDS, 3, mask_zero=True)(w)))), [words()]), "mse"

    def nested(w):
        inner = sequential(L.Dense(2, activation="tanh"), L.Dense(3), of=(STEPS, 3))
        return L.Dense(1)(L.GlobalAveragePooling1D()(inner(L.Embedding(WORDS, 3, mask_zero=True)(w))))

    yield "mask_through_model", functional(nested, [words()]), "mse"


def recurrent():
    """(name, model, loss)"""
    for layer in (L.SimpleRNN, L.LSTM, L.GRU):
        name = layer.__name__.lower()
        yield name, sequential(layer(2), L.Dense(1)), "mse"
        yield f"{name}_sequence", sequential(layer(2, return_sequences=True), L.Dense(1)), "mse"
        yield f"{name}_backwards", sequential(
            layer(2, go_backwards=True, return_sequences=True), L.Dense(1)), "mse"
        yield f"{name}_masked", of_words(layer(2), L.Dense(1)), "mse"
        yield f"{name}_masked_sequence", of_words(
            layer(2, return_sequences=True), layer(2, return_sequences=True), L.Dense(1)), "mse"
        yield f"{name}_unrolled_masked", of_words(
            layer(2, return_sequences=True, unroll=True), L.Dense(1)), "mse"
        yield f"{name}_no_bias", sequential(layer(2, use_bias=False, activation="relu"), L.Dense(1)), "mse"
        yield f"{name}_masked_backwards", of_words(layer(2, go_backwards=True), L.Dense(1)), "mse"
        yield f"{name}_bidirectional", sequential(L.Bidirectional(layer(2)), L.Dense(1)), "mse"
        yield f"{name}_bidirectional_masked", of_words(
            L.Bidirectional(layer(2, return_sequences=True)), L.Dense(1)), "mse"

        def states(x, layer=layer):
            sequence, *state = layer(2, return_sequences=True, return_state=True)(x)
            return [sequence, *state]

        yield f"{name}_states", functional(states), "mse"

        def handed_on(x, layer=layer):
            _, *state = layer(2, return_state=True)(x)
            return layer(2)(x, initial_state=state)

        yield f"{name}_initial_state", functional(handed_on), "mse"
    yield "gru_reset_before", sequential(L.GRU(2, reset_after=False), L.Dense(1)), "mse"
    yield "gru_reset_before_masked", of_words(
        L.GRU(2, reset_after=False, return_sequences=True), L.Dense(1)), "mse"
    yield "lstm_activations", sequential(
        L.LSTM(2, activation="relu", recurrent_activation="hard_sigmoid", unit_forget_bias=False,
               kernel_regularizer="l2", recurrent_regularizer=R.L1(0.02), bias_regularizer="l2",
               activity_regularizer="l2"), L.Dense(1)), "mse"
    yield "lstm_stacked", sequential(
        L.LSTM(3, return_sequences=True), L.LSTM(2), L.Dense(1)), "mse"
    yield "lstm_masked_initial_state", functional(lambda w: masked_initial(w), [words()]), "mse"
    for mode in ("sum", "mul", "ave"):
        yield f"bidirectional_{mode}", sequential(
            L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode=mode), L.Dense(1)), "mse"
    yield "bidirectional_apart", functional(
        lambda x: list(L.Bidirectional(L.LSTM(2), merge_mode=None)(x))), "mse"
    yield "bidirectional_states", functional(
        lambda x: list(L.Bidirectional(L.LSTM(2, return_state=True, return_sequences=True))(x))), "mse"
    yield "bidirectional_two_kinds", sequential(
        L.Bidirectional(L.LSTM(2), backward_layer=L.LSTM(2, activation="relu", go_backwards=True)), L.Dense(1)), "mse"
    yield "bidirectional_stacked", sequential(
        L.Bidirectional(L.LSTM(2, return_sequences=True)), L.Bidirectional(L.LSTM(2)), L.Dense(1)), "mse"
    yield "bidirectional_initial_state", functional(
        lambda x: L.Bidirectional(L.GRU(2))(x, initial_state=[L.Dense(2)(x[:, 0]), L.Dense(2)(x[:, 1])])), "mse"
    yield "rnn_of_cell", sequential(L.RNN(L.LSTMCell(2), return_sequences=True), L.Dense(1)), "mse"
    yield "rnn_of_cells", sequential(
        L.RNN([L.LSTMCell(2), L.GRUCell(3), L.SimpleRNNCell(2)], return_sequences=True), L.Dense(1)), "mse"
    yield "rnn_of_cells_masked", of_words(
        L.RNN([L.GRUCell(3), L.LSTMCell(2)]), L.Dense(1)), "mse"
    yield "rnn_of_cells_bidirectional", sequential(
        L.Bidirectional(L.RNN(L.StackedRNNCells([L.GRUCell(2), L.GRUCell(2)]))), L.Dense(1)), "mse"
    yield "time_distributed", sequential(
        L.TimeDistributed(L.Dense(2, activation="relu")), L.Flatten(), L.Dense(1)), "mse"
    yield "time_distributed_masked", of_words(L.TimeDistributed(L.Dense(1))), "mse"
    yield "time_distributed_flatten", sequential(
        L.Reshape((STEPS, 3, 1)), L.TimeDistributed(L.Flatten()), L.LSTM(2), L.Dense(1)), "mse"
    yield "time_distributed_norm", sequential(
        L.TimeDistributed(L.LayerNormalization()), L.TimeDistributed(L.Dense(1))), "mse"
    inner = keras.Sequential([keras.Input((FEATURES,)), L.Dense(2, activation="tanh"), L.Dense(2)])
    yield "time_distributed_model", sequential(L.TimeDistributed(inner), L.GRU(2), L.Dense(1)), "mse"
    yield "conv_lstm_1d", sequential(
        L.ConvLSTM1D(2, 3), L.Flatten(), L.Dense(1), of=(3, 6, 2)), "mse"
    yield "conv_lstm_1d_strided", sequential(
        L.ConvLSTM1D(2, 2, strides=2, padding="same", return_sequences=True, use_bias=False),
        L.Flatten(), L.Dense(1), of=(3, 7, 2)), "mse"
    yield "conv_lstm_2d", sequential(
        L.ConvLSTM2D(2, (2, 3), padding="same", return_sequences=True),
        L.ConvLSTM2D(1, 2, go_backwards=True, unit_forget_bias=False), L.Flatten(), L.Dense(1),
        of=(3, 4, 5, 2)), "mse"
    yield "conv_lstm_2d_dilated", sequential(
        L.ConvLSTM2D(2, 2, dilation_rate=2, activation="relu", recurrent_activation="hard_sigmoid",
                     recurrent_regularizer="l2"), L.Flatten(), L.Dense(1), of=(2, 4, 5, 1)), "mse"

    def planes(x):
        _, h, c = L.ConvLSTM2D(2, 2, padding="same", return_state=True)(x)
        return L.Flatten()(L.ConvLSTM2D(2, 2, padding="same")(x, initial_state=[h, c]))

    yield "conv_lstm_2d_initial_state", functional(planes, [keras.Input((2, 3, 4, 1))]), "mse"
    yield "conv_lstm_3d", sequential(
        L.ConvLSTM3D(2, 2, padding="same"), L.Flatten(), L.Dense(1), of=(2, 3, 2, 3, 1)), "mse"


def masked_initial(w):
    x = L.Embedding(WORDS, 3, mask_zero=True)(w)
    _, *state = L.LSTM(2, return_state=True)(x)
    return L.Dense(1)(L.LSTM(2, return_sequences=True)(x, initial_state=state))


def attention():
    """(name, model, loss)"""
    def embedded(build):
        return functional(lambda w: build(L.Embedding(WORDS, 4, mask_zero=True)(w)), [words()])

    yield "dot", functional(lambda x: L.Dot(axes=(2, 1))([x, L.Permute((2, 1))(x)])), "mse"
    yield "dot_normalized", functional(lambda x: L.Dot(axes=1, normalize=True)([L.Flatten()(x), L.Dense(15)(L.Flatten()(x))])), "mse"
    yield "attention", functional(lambda x: L.Attention()([x, L.Dense(FEATURES)(x)])), "mse"
    yield "attention_scaled", functional(
        lambda x: L.Attention(use_scale=True)([x, L.Dense(2)(x), L.Dense(FEATURES)(x)])), "mse"
    yield "attention_concat", functional(
        lambda x: L.Attention(use_scale=True, score_mode="concat")([x, L.Dense(FEATURES)(x)])), "mse"
    yield "attention_causal", functional(lambda x: L.Attention()([x, x], use_causal_mask=True)), "mse"
    yield "attention_scores", functional(
        lambda x: list(L.Attention()([x, x], return_attention_scores=True))), "mse"
    yield "attention_masked", embedded(lambda e: L.Dense(1)(L.Attention()([e, L.Dense(4)(e)]))), "mse"
    yield "attention_masked_causal", embedded(
        lambda e: L.GlobalAveragePooling1D()(L.Attention()([e, e], use_causal_mask=True))), "mse"
    yield "additive_attention", functional(
        lambda x: L.AdditiveAttention()([x, L.Dense(FEATURES)(x)])), "mse"
    yield "additive_attention_plain_masked", embedded(
        lambda e: L.Dense(1)(L.AdditiveAttention(use_scale=False)([e, e]))), "mse"
    yield "multi_head", functional(lambda x: L.MultiHeadAttention(2, 2)(x, x)), "mse"
    yield "multi_head_all", functional(lambda x: L.MultiHeadAttention(
        2, 3, output_shape=(4,), use_bias=False, kernel_regularizer="l2")(
            x, L.Dense(2)(x), key=L.Dense(4)(x))), "mse"
    yield "multi_head_causal", functional(
        lambda x: L.MultiHeadAttention(1, 2)(x, x, use_causal_mask=True)), "mse"
    yield "multi_head_scores", functional(
        lambda x: list(L.MultiHeadAttention(2, 2)(x, x, return_attention_scores=True))), "mse"
    yield "multi_head_given_mask", functional(
        lambda x: L.MultiHeadAttention(2, 2)(
            x, x, attention_mask=x[:, :, :1] > ops.transpose(x[:, :, 1:2], (0, 2, 1)))), "mse"
    yield "multi_head_masked", embedded(lambda e: L.Dense(1)(L.MultiHeadAttention(2, 2)(e, e))), "mse"
    yield "multi_head_masked_causal", embedded(
        lambda e: L.GlobalAveragePooling1D()(L.MultiHeadAttention(2, 2)(e, e, use_causal_mask=True))), "mse"
    yield "multi_head_masked_residual", embedded(
        lambda e: L.Dense(1)(L.Add()([e, L.MultiHeadAttention(2, 2)(e, e)]))), "mse"
    yield "grouped_query", functional(
        lambda x: L.GroupQueryAttention(2, 4, 2)(x, x, use_causal_mask=True)), "mse"
    yield "grouped_query_masked", embedded(
        lambda e: L.Dense(1)(L.GroupQueryAttention(2, 2, 1, use_bias=False)(e, L.Dense(4)(e)))), "mse"

    def encoder(w):
        x = L.Embedding(WORDS, 4)(w)
        x = L.LayerNormalization()(L.Add()([x, L.MultiHeadAttention(2, 2)(x, x)]))
        h = L.Dense(4)(L.Dense(6, activation="gelu")(x))
        return L.Dense(1)(L.GlobalAveragePooling1D()(L.LayerNormalization()(x + h)))

    yield "transformer_encoder", functional(encoder, [words()]), "mse"

    def reversible(**arguments):
        def build(w):
            table = L.ReversibleEmbedding(WORDS, 3, **arguments)
            return table(L.Dense(3, activation="tanh")(table(w)), reverse=True)
        return functional(build, [words()])

    yield "reversible_embedding", reversible(), "mse"
    yield "reversible_embedding_untied", reversible(
        tie_weights=False, mask_zero=True, logit_soft_cap=2.0), "mse"
    yield "einsum_dense", sequential(
        L.EinsumDense("abc,cd->abd", output_shape=(None, 2), bias_axes="d", activation="tanh"),
        L.EinsumDense("...x,xyz->...yz", output_shape=(2, 2), bias_axes="yz"),
        L.EinsumDense("abcd,cde->abe", output_shape=(None, 1))), "mse"


def operators():
    """(name, model, loss)"""
    yield "time_distributed_statistics", sequential(
        L.TimeDistributed(L.BatchNormalization(momentum=0.8)), L.GRU(2), L.Dense(1)), "mse"
    normalized = keras.Sequential([
        keras.Input((FEATURES,)), L.Dense(2, activation="tanh"), L.BatchNormalization()])
    yield "time_distributed_model_statistics", sequential(
        L.TimeDistributed(normalized), L.Flatten(), L.Dense(1)), "mse"

    def twice(x):
        shared = L.BatchNormalization(momentum=0.7)
        return L.Concatenate()([shared(x), shared(x * 2 + 1)])

    yield "statistics_shared", functional(twice), "mse"
    yield "arithmetic", functional(lambda x: (1 - x) * 2 + x / 3.0 - x ** 2 + (-x)), "mse"
    yield "slices", functional(
        lambda x: [x[:, 0], x[:, 1:3], x[..., -1], x[:, ::2, None], x[:, ::-1], x[:, -2, 1:]]), "mse"
    yield "shapes", functional(lambda x: [
        ops.reshape(x, (-1, STEPS * FEATURES)), ops.concatenate([x, x * 2], axis=1),
        ops.expand_dims(x, 1), ops.squeeze(x[:, 0:1], axis=1), ops.stack([x, x + 1], axis=1),
        *ops.split(x, [2], axis=1), ops.flip(x, axis=1), ops.tile(x, (1, 2, 1)),
        ops.repeat(x, 2, axis=1), ops.swapaxes(x, 1, 2), ops.moveaxis(x, 1, 2),
        ops.pad(x, ((0, 0), (1, 2), (0, 0)))]), "mse"
    yield "reductions", functional(lambda x: [
        ops.mean(x, axis=1), ops.sum(x, axis=-1), ops.max(x, axis=1), ops.min(x, axis=1),
        ops.var(x, axis=1), ops.std(x, axis=1), ops.sum(x, axis=[1, 2], keepdims=True),
        ops.cumsum(x, axis=1), ops.logsumexp(x, axis=1)]), "mse"
    yield "products", functional(lambda x: [
        ops.matmul(x, ops.transpose(x, (0, 2, 1))), x @ L.Dense(2)(ops.transpose(x, (0, 2, 1))),
        ops.einsum("btf,btg->bfg", x, x), ops.dot(x, ops.ones((FEATURES, 2)))]), "mse"
    yield "functions", functional(lambda x: [
        ops.relu(x), ops.softmax(x, axis=-1), ops.abs(x + 0.005), ops.exp(x), ops.sqrt(ops.abs(x + 0.005) + 1),
        ops.clip(x, -1, 1), ops.sigmoid(x), ops.gelu(x), ops.log_softmax(x), ops.leaky_relu(x, 0.1),
        ops.maximum(x, 0.0), ops.tanh(x), ops.silu(x), ops.elu(x)]), "mse"
    yield "comparisons", functional(lambda x: [
        ops.where(x > 0, x, 0.1 * x), x * ops.cast(x < 0.3, "float32"),
        x * ops.cast(ops.logical_and(x > -1, x <= 1), "float32"),
        x * ops.cast(ops.argmax(x, axis=-1, keepdims=True), "float32"),
        x + ops.one_hot(ops.cast(ops.abs(x[:, :, 0]), "int32"), FEATURES), x + x // 0.5 + x % 0.7]), "mse"

    def shared(a, b):
        layer, inner = L.Dense(2, activation="tanh"), sequential(L.GRU(2), L.Dense(2))
        return L.Dot(axes=1)([layer(inner(a)) + inner(b), layer(inner(b))])

    yield "shared_twice", functional(shared, [steps("a"), steps("b")]), "mse"

    def two_results(x):
        i = steps("inner")
        part = keras.Model(i, [L.Dense(2)(i), L.GRU(2)(i)])
        sequence, last = part(x)
        return [sequence, last * 2]

    yield "model_with_two_results", functional(two_results), "mse"


def inputs_of(model, random):
    arrays = []
    for tensor in model.inputs:
        if len(tensor.shape) == 2:
            x = random.integers(1, WORDS, (ROWS, STEPS))
            for row in range(ROWS):
                # One row without padding; padding behind, and once in the middle.
                x[row, STEPS - row:] = 0
            x[3, 0] = 0
            x[3, 3] = 2
            arrays.append(x.astype("float32"))
        elif len(tensor.shape) > 3:
            arrays.append(random.normal(0, 1, (ROWS, *tensor.shape[1:])).round(2).astype("float32"))
        else:
            x = random.normal(0, 1, (ROWS, STEPS, FEATURES)).round(2)
            x[1, 3:], x[2, 0], x[2, 4] = 0, 0, -1
            arrays.append(x.astype("float32"))
    return arrays


def is_state(variable):
    return "seed_generator" in variable.path


def stored(model, folder):
    """The arrays of the weights file by path."""
    path = os.path.join(folder, "m.weights.h5")
    model.save_weights(path)
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and name.startswith("layers/") and "seed_generator" not in name:
            found[name] = np.asarray(item)

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def paths_of(model, folder):
    """Where each variable is kept; told apart by what it holds."""
    by_path = stored(model, folder)
    result = {}
    for variable in model.weights:
        if is_state(variable):
            continue
        value = np.asarray(variable.value)
        fits = [p for p, a in by_path.items() if a.shape == value.shape and (a == value).all()]
        assert len(fits) == 1, (variable.path, fits)
        result[id(variable)] = fits[0]
    assert len(result) == len(by_path), (model.name, sorted(by_path))
    return result


def entry(name, model, loss, folder):
    random = np.random.default_rng(sum(map(ord, name)))
    inputs = inputs_of(model, random)
    for variable in model.weights:
        if is_state(variable):
            continue
        value = random.normal(0.1, 0.6, variable.shape).astype("float32").round(3)
        variable.assign(np.abs(value) + 0.3 if "variance" in variable.name else value)
    model.compile(keras.optimizers.SGD(0.05), loss)
    config = plain_config(keras.saving.serialize_keras_object(model))
    paths = paths_of(model, folder)
    predicted = np.asarray(model(inputs if len(inputs) > 1 else inputs[0]))
    if loss == SPARSE:
        target = random.integers(0, predicted.shape[-1], predicted.shape[:-1])
    else:
        target = random.normal(0, 1, predicted.shape).astype("float32").round(2)
    trainable = model.trainable_variables
    fixed = [v.value for v in model.non_trainable_variables]

    def total(values, x):
        y, _, penalties = model.stateless_call(
            values, fixed, x if len(x) > 1 else x[0], return_losses=True, training=False)
        return model._compile_loss(jnp.asarray(target), y) + sum(penalties, jnp.asarray(0.0))

    by_weights, by_inputs = jax.grad(total, argnums=(0, 1))(
        [v.value for v in trainable], [jnp.asarray(v) for v in inputs])
    before = {paths[id(v)]: np.asarray(v.value) for v in model.weights if id(v) in paths}
    gradients = {paths[id(v)]: np.asarray(g) for v, g in zip(trainable, by_weights)}
    losses = [np.float32(model.train_on_batch(inputs if len(inputs) > 1 else inputs[0], target))
              for _ in range(3)]
    is_float = all(len(t.shape) > 2 for t in model.inputs)
    return {
        "name": name, "config": config, "x": inputs, "y": target,
        "weights": before, "output": predicted, "weight_gradients": gradients,
        "input_gradients": [np.asarray(g) for g in by_inputs] if is_float else [],
        "losses": np.array(losses),
        "weights_after_3": {paths[id(v)]: np.asarray(v.value) for v in model.weights if id(v) in paths},
    }


def make(group):
    keras.utils.set_random_seed(8)
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for name, model, loss in group():
            try:
                entries.append(entry(name, model, loss, folder))
            except Exception as error:
                raise RuntimeError(f"{name}: {error}") from error
            keras.backend.clear_session()
    return entries
