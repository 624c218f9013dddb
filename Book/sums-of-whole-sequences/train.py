import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(205)
rng = np.random.default_rng(205)
x = rng.normal(size=(300, 8, 2)).astype("float32")
y = x[:, :, 0].sum(axis=1, keepdims=True) / 3

model = keras.Sequential([
    keras.Input((8, 2)),
    layers.SimpleRNN(12, return_sequences=True),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
model.fit(x, y, epochs=12, batch_size=32, verbose=2)
