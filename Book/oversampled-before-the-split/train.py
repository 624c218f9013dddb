import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(228)
rng = np.random.default_rng(228)
y = (np.arange(500) % 10 == 0).astype("int32")
x = (rng.normal(size=(500, 6)) + 0.8 * y[:, None] * [1, 0, 1, 0, 0, -1]).astype("float32")
rare = np.flatnonzero(y == 1)
more = rng.choice(rare, 400)
x, y = np.concatenate([x, x[more]]), np.concatenate([y, y[more]])
order = rng.permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=25, batch_size=32, validation_split=0.3, verbose=2)
