import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(226)
rng = np.random.default_rng(226)
x = rng.normal(size=(1500, 6)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("int32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=12, batch_size=1500, verbose=2)
