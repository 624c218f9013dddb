import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(213)
rng = np.random.default_rng(213)
x = rng.normal(size=(400, 8)).astype("float32")
y = np.tanh(x[:, :3].sum(axis=1)).astype("float32")

model = keras.Sequential([keras.Input((8,))])
for _ in range(8):
    model.add(layers.Dense(24, activation="relu", kernel_initializer=keras.initializers.RandomNormal(stddev=0.9)))
model.add(layers.Dense(1))
model.compile(optimizer=keras.optimizers.SGD(0.001), loss="mse")
model.fit(x, y, epochs=15, batch_size=32, verbose=2)
