import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_digits

keras.utils.set_random_seed(71)
digits = load_digits()
x, y = (digits.data[:700] / 16).astype("float32"), digits.target[:700]

wide = keras.initializers.RandomNormal(stddev=5.0, seed=3)
model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(32, activation="relu", kernel_initializer=wide),
    layers.Dense(16, activation="relu", kernel_initializer=keras.initializers.RandomNormal(stddev=5.0, seed=4)),
    layers.Dense(10, kernel_initializer=keras.initializers.RandomNormal(stddev=5.0, seed=5)),
])
model.compile(optimizer="adam",
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(x, y, epochs=15, batch_size=32, validation_split=0.2, verbose=2)
