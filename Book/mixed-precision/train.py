import keras
import numpy as np
from keras import layers


keras.config.set_dtype_policy("mixed_bfloat16")
keras.utils.set_random_seed(233)
rng = np.random.default_rng(233)
x = rng.normal(size=(400, 6)).astype("float32")
y = (x[:, 0] - x[:, 1] > 0).astype("int32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid", dtype="float32"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=15, batch_size=32, verbose=2)
