"""Handwritten digits, and a loss that will not come down: what is wrong with this program?"""

import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(1)
digits = load_digits()
x = (digits.data / 16).astype("float32")
y = digits.target

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(64, activation="tanh"),
    layers.Dense(32, activation="tanh"),
    layers.Dense(10),
])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=3.0),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(x, y, validation_split=0.2, epochs=12, batch_size=32, verbose=2)
