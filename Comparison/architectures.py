"""The models that Keras and Downhill both train, from the same weights on the same batches."""

from dataclasses import dataclass, field

import keras
import numpy as np
from keras import layers as L
from keras import losses, optimizers, regularizers

import image_architectures

ROWS, FEATURES, CLASSES, WORDS = 46, 6, 3, 9
# So many that a batch looks up few of them, and most lie still between two of their turns.
MANY_WORDS = 400


@dataclass
class Architecture:
    name: str
    model: keras.Model
    optimizer: keras.Optimizer
    loss: object
    target: str
    metrics: list = field(default_factory=list)
    fit: dict = field(default_factory=dict)
    loss_weights: object = None
    # Dropout draws its own numbers: only its file and the fall of its loss can be compared.
    is_random: bool = False
    # On JAX, Keras cannot go on from its own averages: weights and averages are one array by then.
    goes_on: bool = True
    # Keras makes the optimizer of a file before it reads the weights: one whose memory starts at them
    # starts at others.
    starts_from_file: bool = True
    # TensorFlow's kernels for processors know no channels in front.
    on_tensorflow: bool = True
    # What a row is: "features", "words" (whole numbers, padded with 0), "many words" or "steps" of a
    # sequence.
    rows: str = "features"
    shape: tuple = (FEATURES,)


def sequential(*layers, shape=(FEATURES,)):
    return keras.Sequential([keras.Input(shape), *layers])


def skip():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(10, activation="relu")(inputs)
    g = L.Dense(10, activation="relu")(h)
    return keras.Model(inputs, L.Dense(CLASSES, activation="softmax")(L.Add()([h, g])))


def shared():
    inputs = keras.Input((FEATURES,))
    layer = L.Dense(FEATURES, activation="tanh")
    twice = layer(layer(inputs))
    return keras.Model(inputs, L.Dense(1)(L.Concatenate()([inputs, twice])))


def branches():
    inputs = keras.Input((FEATURES,))
    a, b = L.Dense(8, activation="elu")(inputs), L.Dense(8)(inputs)
    merged = L.Average()([L.Multiply()([a, b]), L.Maximum()([a, b]), L.Subtract()([a, b])])
    return keras.Model(inputs, L.Dense(1)(merged))


def residual_layer_norm():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(8)(inputs)
    for _ in range(2):
        h = L.LayerNormalization()(L.Add()([h, L.Dense(8, activation="gelu")(h)]))
    return keras.Model(inputs, L.Dense(CLASSES, activation="softmax")(h))


def two_outputs():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(10, activation="relu")(inputs)
    return keras.Model(inputs, [L.Dense(CLASSES, activation="softmax", name="kind")(h),
                                L.Dense(1, name="size")(h)])


def weights(seed):
    return np.random.default_rng(seed).uniform(0.2, 2, ROWS).astype("float32")


def of_words(*layers, mask=True):
    return sequential(L.Embedding(WORDS, 5, mask_zero=mask), *layers)


def of_many_words(**arguments):
    return sequential(L.Embedding(MANY_WORDS, 4, **arguments), L.GlobalAveragePooling1D(), L.Dense(1))


def two_tables():
    """One table that two inputs share beside one of its own, and rows that are read twice."""
    inputs = keras.Input((FEATURES,))
    words, places = L.Embedding(MANY_WORDS, 4), L.Embedding(MANY_WORDS, 3)
    near, far = words(inputs[:, :4]), words(inputs[:, 2:])
    joined = L.Concatenate()([L.Flatten()(L.Multiply()([near, far])), L.Flatten()(places(inputs))])
    return keras.Model(inputs, L.Dense(1)(joined))


def encoder():
    inputs = keras.Input((FEATURES,))
    x = L.Embedding(WORDS, 8)(inputs)
    # No bias: the scores' softmax takes no notice of the key's, so that its gradient is rounding noise.
    x = L.LayerNormalization()(L.Add()([x, L.MultiHeadAttention(2, 4, use_bias=False)(x, x)]))
    h = L.Dense(8)(L.Dense(12, activation="gelu")(x))
    x = L.GlobalAveragePooling1D()(L.LayerNormalization()(x + h))
    return keras.Model(inputs, L.Dense(CLASSES, activation="softmax")(x))


def attending():
    inputs = keras.Input((FEATURES, 3))
    query, value = L.Dense(4)(inputs), L.Dense(4, activation="tanh")(inputs)
    seen = L.AdditiveAttention()([L.Attention(use_scale=True)([query, value]), value])
    return keras.Model(inputs, L.Dense(1)(L.Flatten()(seen)))


def operators():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(8, activation="tanh")(inputs)
    h = keras.ops.concatenate([h * 2.0, 1 - h[:, :4] / 3.0], axis=-1)
    h = h - keras.ops.mean(h, axis=-1, keepdims=True)
    return keras.Model(inputs, L.Dense(1)(keras.ops.reshape(h, (-1, 12)) ** 2))


def adapted():
    layer = L.Normalization()
    layer.adapt(np.random.default_rng(3).normal(5, 3, (60, FEATURES)).astype("float32"))
    return layer


def frozen():
    layer = L.Dense(9, activation="relu")
    layer.trainable = False
    return layer


def catalogue():
    sparse, binary = "sparse_categorical_crossentropy", "binary_crossentropy"
    relu = lambda units: L.Dense(units, activation="relu")  # noqa: E731
    softmax = lambda: L.Dense(CLASSES, activation="softmax")  # noqa: E731
    sigmoid = lambda: L.Dense(1, activation="sigmoid")  # noqa: E731
    o = optimizers
    yield Architecture("relu-softmax-sgd", sequential(relu(12), softmax()), o.SGD(0.1), sparse,
                       "classes", ["accuracy"])
    yield Architecture("tanh-momentum", sequential(
        L.Dense(10, activation="tanh"), L.Dense(8, activation="tanh"), L.Dense(1)),
        o.SGD(0.02, momentum=0.9), "mse", "real", ["mae"])
    yield Architecture("selu-nesterov", sequential(
        L.Dense(10, activation="selu", kernel_initializer="lecun_normal"), L.Dense(1)),
        o.SGD(0.02, momentum=0.9, nesterov=True), "mae", "real")
    yield Architecture("sgd-weight-decay", sequential(relu(10), softmax()),
                       o.SGD(0.1, momentum=0.5, weight_decay=0.01), sparse, "classes")
    yield Architecture("rmsprop", sequential(relu(10), sigmoid()), o.RMSprop(0.005), binary,
                       "binary", ["accuracy"])
    yield Architecture("rmsprop-centered", sequential(L.Dense(10, activation="softplus"), L.Dense(1)),
                       o.RMSprop(0.003, rho=0.8, momentum=0.5, centered=True), "mse", "real")
    yield Architecture("adam", sequential(relu(12), relu(8), softmax()), o.Adam(0.01), sparse,
                       "classes", ["accuracy"])
    yield Architecture("adam-amsgrad", sequential(
        L.Dense(10, activation="silu"), L.Dense(1)), o.Adam(0.01, amsgrad=True, beta_1=0.8), "mse", "real")
    yield Architecture("adamw", sequential(L.Dense(10, activation="gelu"), softmax()),
                       o.AdamW(0.01, weight_decay=0.05), sparse, "classes")
    yield Architecture("clipnorm", sequential(relu(10), L.Dense(1)),
                       o.Adam(0.01, clipnorm=0.3), "mse", "real")
    yield Architecture("global-clipnorm", sequential(relu(10), L.Dense(1)),
                       o.SGD(0.05, global_clipnorm=0.5), "mse", "real")
    yield Architecture("clipvalue", sequential(relu(10), L.Dense(1)),
                       o.RMSprop(0.01, clipvalue=0.1), "mse", "real")
    yield Architecture("l1-and-l2", sequential(
        # No L1 on a bias: at exactly 0, where it starts, the backends give |x| different slopes.
        L.Dense(10, activation="relu", kernel_regularizer="l1", bias_regularizer="l2"),
        L.Dense(8, activation="tanh", kernel_regularizer=regularizers.L1L2(0.001, 0.003)),
        softmax()), o.Adam(0.01), sparse, "classes", ["accuracy"])
    yield Architecture("batch-norm", sequential(
        # No bias: its gradient is rounding noise here, and Adam makes full steps of noise.
        L.Dense(10, use_bias=False), L.BatchNormalization(momentum=0.9), L.ReLU(), softmax()), o.Adam(0.01), sparse,
        "classes", ["accuracy"], {"validation_split": 0.2})
    yield Architecture("batch-norm-bare", sequential(
        L.BatchNormalization(center=False, scale=False), relu(8), sigmoid()),
        o.SGD(0.1, momentum=0.9), binary, "binary")
    yield Architecture("layer-norm-residual", residual_layer_norm(), o.Adam(0.01), sparse, "classes")
    yield Architecture("skip-connection", skip(), o.SGD(0.05, momentum=0.9),
                       "categorical_crossentropy", "one_hot", ["accuracy"])
    yield Architecture("shared-layer", shared(), o.RMSprop(0.003), "mse", "real")
    yield Architecture("four-merges", branches(), o.Adam(0.005), "mae", "real")
    yield Architecture("rescaling-flatten", sequential(
        L.Rescaling(0.5, offset=0.1), L.Reshape((3, 2)), L.Flatten(), relu(10), softmax()),
        o.Adam(0.01), sparse, "classes")
    yield Architecture("normalization", sequential(adapted(), relu(10), L.Dense(1)), o.Adam(0.01),
                       "mse", "real")
    yield Architecture("huber-leaky", sequential(
        L.Dense(10), L.LeakyReLU(negative_slope=0.1), L.Dense(2)), o.Adam(0.01),
        # Not another delta: Keras does not write it to the file.
        losses.Huber(), "two", ["mse"])
    yield Architecture("elu-softmax-layers", sequential(
        L.Dense(10), L.ELU(alpha=0.5), L.Dense(CLASSES), L.Softmax()), o.Adam(0.01), sparse, "classes")
    yield Architecture("binary-from-logits", sequential(relu(10), L.Dense(1)), o.Adam(0.01),
                       losses.BinaryCrossentropy(from_logits=True), "binary")
    yield Architecture("sparse-from-logits", sequential(relu(10), L.Dense(CLASSES)), o.SGD(0.1),
                       losses.SparseCategoricalCrossentropy(from_logits=True), "classes", ["accuracy"])
    yield Architecture("label-smoothing", sequential(relu(10), softmax()), o.Adam(0.01),
                       losses.CategoricalCrossentropy(label_smoothing=0.1), "one_hot")
    yield Architecture("sigmoid-categorical", sequential(
        relu(10), L.Dense(CLASSES, activation="sigmoid")), o.Adam(0.01), "categorical_crossentropy",
        "one_hot", ["accuracy"])
    yield Architecture("multi-label", sequential(relu(10), L.Dense(CLASSES, activation="sigmoid")),
                       o.Adam(0.01), binary, "labels")
    yield Architecture("class-weight", sequential(relu(10), softmax()), o.Adam(0.01), sparse,
                       "classes", ["accuracy"],
                       {"class_weight": {0: 0.5, 1: 3.0}, "validation_split": 0.2})
    yield Architecture("cosine-schedule", sequential(relu(10), L.Dense(1)),
                       o.SGD(o.schedules.CosineDecay(0.1, 40, alpha=0.1)), "mse", "real")
    yield Architecture("staircase-schedule", sequential(relu(10), L.Dense(1)), o.Adam(
        o.schedules.ExponentialDecay(0.02, 10, 0.7, staircase=True)), "mse", "real")
    yield Architecture("frozen-layer", sequential(frozen(), softmax()), o.Adam(0.01), sparse, "classes")
    two = {"kind": sparse, "size": "mse"}
    yield Architecture("two-outputs", two_outputs(), o.Adam(0.01), two, "both",
                       {"kind": ["accuracy"], "size": ["mae"]}, {"validation_split": 0.2},
                       loss_weights={"kind": 1.0, "size": 0.3})
    yield Architecture("two-outputs-weighted", two_outputs(), o.SGD(0.05), [sparse, losses.Huber()],
                       "both", fit={"sample_weight": [weights(1), weights(2)]})
    yield Architecture("sample-weight", sequential(relu(10), softmax()), o.Adam(0.01), sparse, "classes",
                       ["accuracy"], {"sample_weight": weights(3), "validation_split": 0.2})
    yield Architecture("moving-average", sequential(relu(10), L.Dense(1)), o.Adam(
        0.01, use_ema=True, ema_momentum=0.9), "mse", "real", fit={"validation_split": 0.2}, goes_on=False)
    yield Architecture("moving-average-overwrites", sequential(relu(10), L.Dense(1)), o.SGD(
        0.05, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=5), "mse", "real", goes_on=False)
    yield Architecture("accumulation", sequential(relu(10), softmax()), o.Adam(
        0.02, gradient_accumulation_steps=3), sparse, "classes")
    yield Architecture("schedule-free", sequential(relu(10), softmax()), o.ScheduleFreeAdamW(
        0.02, warmup_steps=5), sparse, "classes", ["accuracy"], {"validation_split": 0.2},
        starts_from_file=False)
    yield Architecture("muon", sequential(L.Dense(10, activation="tanh"), relu(8), L.Dense(1, name="last")), o.Muon(
        0.02, exclude_layers=["last"]), "mse", "real")
    yield Architecture("spectral", sequential(
        L.SpectralNormalization(L.Dense(10, activation="tanh")),
        L.SpectralNormalization(L.Dense(8), power_iterations=3), L.Dense(1)),
        o.Adam(0.01), "mse", "real", fit={"validation_split": 0.2})
    yield Architecture("circle", sequential(relu(10), L.Dense(4), L.UnitNormalization()),
                       o.SGD(0.01), losses.Circle(gamma=4.0), "classes")
    yield Architecture("adafactor", sequential(relu(10), L.Dense(1)), o.Adafactor(0.02), "mse", "real")
    yield Architecture("constraints", sequential(
        L.Dense(10, activation="relu", kernel_constraint="max_norm"),
        L.Dense(1, kernel_constraint="unit_norm")), o.SGD(0.05), "mse", "real")
    yield Architecture("dice", sequential(relu(10), L.Dense(CLASSES, activation="sigmoid")),
                       o.Adam(0.01), losses.Dice(), "labels")
    yield Architecture("steps-per-epoch", sequential(relu(10), L.Dense(1)), o.SGD(0.02), "mse", "real",
                       fit={"steps_per_epoch": 2, "validation_split": 0.2, "validation_freq": 2})
    yield Architecture("dropout", sequential(relu(24), L.Dropout(0.3), relu(12), softmax()),
                       o.Adam(0.02), sparse, "classes", ["accuracy"], is_random=True)
    yield Architecture("embedding-pooling", of_words(
        L.GlobalAveragePooling1D(), relu(8), softmax(), mask=False), o.Adam(0.01), sparse, "classes",
        ["accuracy"], rows="words")
    # Tables of which a batch looks up few rows, evaluated between the epochs.
    evaluated = {"fit": {"validation_split": 0.2}, "rows": "many words"}
    yield Architecture("rows-sgd", of_many_words(), o.SGD(0.5), "mse", "real", **evaluated)
    yield Architecture("rows-sgd-decay", of_many_words(), o.SGD(0.5, weight_decay=0.05), "mse", "real", **evaluated)
    yield Architecture("rows-momentum", of_many_words(), o.SGD(0.1, momentum=0.9), "mse", "real", **evaluated)
    yield Architecture("rows-adam", of_many_words(mask_zero=True), o.Adam(0.01), "mse", "real", **evaluated)
    yield Architecture("rows-adam-short-memory", of_many_words(), o.Adam(
        0.01, beta_1=0.5, beta_2=0.9, epsilon=1e-4), "mse", "real", **evaluated)
    yield Architecture("rows-adam-schedule", of_many_words(), o.Adam(
        o.schedules.ExponentialDecay(0.02, 10, 0.7)), "mse", "real", **evaluated)
    yield Architecture("rows-adamw", of_many_words(), o.AdamW(0.01, weight_decay=0.1), "mse", "real", **evaluated)
    yield Architecture("rows-amsgrad", of_many_words(), o.Adam(0.01, amsgrad=True), "mse", "real", **evaluated)
    yield Architecture("rows-clipped", of_many_words(), o.Adam(0.01, clipnorm=0.1), "mse", "real", **evaluated)
    yield Architecture("rows-penalty", of_many_words(embeddings_regularizer="l2"), o.Adam(0.01), "mse", "real",
                       **evaluated)
    yield Architecture("rows-two-tables", two_tables(), o.Adam(0.01), "mse", "real", **evaluated)
    yield Architecture("two-layer-bidirectional", sequential(
        L.Bidirectional(L.LSTM(6, return_sequences=True)), L.Bidirectional(L.LSTM(4)), softmax(),
        shape=(FEATURES, 3)), o.Adam(0.01), sparse, "classes", rows="steps")
    yield Architecture("gru-masked", of_words(
        L.GRU(6, return_sequences=True), L.GRU(5), sigmoid()), o.RMSprop(0.005), binary, "binary",
        ["accuracy"], rows="words")
    yield Architecture("rnn-momentum", sequential(
        L.SimpleRNN(6), L.Dense(1), shape=(FEATURES, 3)), o.SGD(0.02, momentum=0.9), "mse", "real",
        rows="steps")
    yield Architecture("one-word", sequential(
        L.Embedding(WORDS, 6), relu(8), softmax(), shape=()), o.Adam(0.01), sparse, "classes",
        ["accuracy"], rows="words", shape=())
    yield Architecture("transformer-encoder", encoder(), o.Adam(0.005), sparse, "classes", rows="words")
    yield Architecture("attention", attending(), o.Adam(0.01), "mse", "real", rows="steps")
    yield Architecture("conv-lstm", sequential(
        L.ConvLSTM2D(3, 3, padding="same", return_sequences=True), L.ConvLSTM2D(2, 2), L.Flatten(),
        L.Dense(1), shape=(3, 6, 5, 1)), o.Adam(0.01), "mse", "real", shape=(3, 6, 5, 1))
    yield Architecture("operator-nodes", operators(), o.Adam(0.005), "mse", "real")
    yield from image_architectures.catalogue(Architecture)


def data(kind, rows, seed, shape=(FEATURES,)):
    random = np.random.default_rng(seed)
    x = random.normal(0, 1, (ROWS, *shape)).astype("float32")
    flat = x.reshape(ROWS, -1)
    if len(shape) > 1:
        # Images: numbers from 0 to 1, a few classes by the brightness of their parts.
        x = (1 / (1 + np.exp(-x - random.normal(0, 1, (ROWS, *shape[:-1], 1))))).astype("float32")
        flat = (x - x.mean(axis=0)).reshape(ROWS, -1)
    score = flat @ random.normal(0, 1, (flat.shape[1], CLASSES)) + 0.3 * random.normal(0, 1, (ROWS, CLASSES))
    score = score.astype("float32")
    classes = score.argmax(axis=1)
    targets = {
        "classes": classes, "one_hot": np.eye(CLASSES, dtype="float32")[classes],
        "binary": (score[:, 0] > 0).astype("int64"), "labels": (score > 0).astype("float32"),
        "real": score[:, 0], "two": score[:, :2], "both": [classes, score[:, 0]],
        "same": x, "mask": (x[..., :1] > 0.5).astype("float32"),
    }
    if rows == "many words":
        # Some words come in every batch, most a single time.
        x = np.where(random.uniform(size=x.shape) < 0.3, random.integers(0, 6, x.shape),
                     random.integers(0, MANY_WORDS, x.shape)).astype("float32")
    elif rows == "words":
        x = np.clip(np.round(2 * x + 4), 0, WORDS - 1)
        # Padding comes last.
        if x.ndim > 1:
            x = np.take_along_axis(x, np.argsort(x == 0, axis=1, kind="stable"), axis=1)
    elif rows == "steps":
        x = np.stack([x, np.roll(x, 1, axis=1), x**2], axis=-1)
    return x, targets[kind]
