import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(206)
rng = np.random.default_rng(206)
x = rng.normal(size=(300, 8, 2)).astype("float32")
y = np.cumsum(x[:, :, :1], axis=1) / 3

model = keras.Sequential([
    keras.Input((8, 2)),
    layers.SimpleRNN(16, return_sequences=True),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
model.fit(x, y, epochs=30, batch_size=32, verbose=2)
