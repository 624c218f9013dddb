import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(54)
rng = np.random.default_rng(67)
x = rng.normal(size=(480, 6)).astype("float32")
y = (np.sin(x[:, 0] * 1.5) + 0.6 * x[:, 1] * x[:, 2] + 0.1 * rng.normal(size=480)).astype("float32")

steps = 16 * 6
rate = keras.optimizers.schedules.CosineDecayRestarts(0.02, steps, t_mul=1.0, m_mul=0.8)
model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(24, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")
model.fit(x, y, epochs=36, batch_size=24, validation_split=0.2, verbose=2)
