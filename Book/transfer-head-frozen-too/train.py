import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(28)
rng = np.random.default_rng(2)
x = rng.normal(size=(400, 10)).astype("float32")
y = (x @ rng.normal(size=(10, 3))).argmax(axis=1)

inputs = keras.Input((10,))
h = layers.Dense(32, activation="relu", name="base_1")(inputs)
h = layers.Dense(16, activation="relu", name="base_2")(h)
outputs = layers.Dense(3, activation="softmax", name="head")(h)
model = keras.Model(inputs, outputs)
for layer in model.layers:
    layer.trainable = False
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=10, batch_size=20, validation_split=0.2, verbose=2)
