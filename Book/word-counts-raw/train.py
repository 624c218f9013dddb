import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(20)
rng = np.random.default_rng(27)
topic = rng.integers(0, 3, 450)
rates = rng.gamma(1.2, 3.0, size=(3, 20))
counts = rng.poisson(rates[topic])

model = keras.Sequential([
    keras.Input((20,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(counts, topic, epochs=25, batch_size=30, validation_split=0.2, verbose=2)
