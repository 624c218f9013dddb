import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(31)
rng = np.random.default_rng(17)
flats = rng.normal(size=(500, 5)).astype("float32")
price = 3.0 + flats @ [1.1, 0.7, -0.9, 0.2, 0.0] + 0.3 * rng.normal(size=500)

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(30, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="rmsprop", loss="binary_crossentropy")
model.fit(flats, price, epochs=25, batch_size=25, validation_split=0.2, verbose=2)
