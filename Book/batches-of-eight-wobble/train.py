import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(49)
rng = np.random.default_rng(57)
x = rng.normal(size=(240, 4)).astype("float32")
y = (x @ [0.6, -0.4, 0.3, 0.2] + 0.5 * rng.normal(size=240)).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(12, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(0.03), loss="mse")
model.fit(x, y, epochs=35, batch_size=8, validation_split=0.2, verbose=2)
