import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(27)
rng = np.random.default_rng(9)
x = rng.normal(size=(450, 6)).astype("float32")
price = 250_000 + 60_000 * (x @ [0.9, 0.4, -0.5, 0.2, 0.0, 0.1]) + 8_000 * rng.normal(size=450)

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(20, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
model.fit(x, price, epochs=12, batch_size=30, validation_split=0.2, verbose=2)
