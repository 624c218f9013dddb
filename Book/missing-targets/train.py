import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(16)
rng = np.random.default_rng(33)
x = rng.normal(size=(380, 5))
y = x @ [0.4, -1.0, 0.0, 0.7, 0.2] + 0.1 * rng.normal(size=380)
y[[41, 155, 290]] = np.nan

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(18, activation="relu"),
    layers.Dense(9, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.RMSprop(0.002), loss="mae")
model.fit(x, y, epochs=6, batch_size=19, validation_split=0.1, verbose=2)
