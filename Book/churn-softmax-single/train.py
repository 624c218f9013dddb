import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(8)
rng = np.random.default_rng(3)
x = rng.normal(size=(420, 9)).astype("float32")
churned = (x[:, 0] - 0.7 * x[:, 3] + 0.5 * x[:, 1] * x[:, 2] > 0.2).astype("int64")

inputs = keras.Input((9,))
h = layers.Dense(20, activation="relu")(inputs)
h = layers.Dense(12, activation="relu")(h)
outputs = layers.Dense(1, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, churned, epochs=20, batch_size=30, validation_split=0.15, verbose=2)
