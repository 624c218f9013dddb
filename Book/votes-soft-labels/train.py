import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(35)
rng = np.random.default_rng(37)
x = rng.normal(size=(520, 5)).astype("float32")
share = 1 / (1 + np.exp(-(x @ [1.2, -0.8, 0.5, 0.0, 0.3])))
votes = rng.binomial(8, share) / 8

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy")
model.fit(x, votes, epochs=30, batch_size=26, validation_split=0.2, verbose=2)
