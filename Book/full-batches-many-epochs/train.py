import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(227)
rng = np.random.default_rng(227)
x = rng.normal(size=(500, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=400, batch_size=500, verbose=0)
