import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(51)
rng = np.random.default_rng(63)
y = (np.arange(800) % 20 == 0).astype("int32")
rng.shuffle(y)
x = (rng.normal(size=(800, 6)) + 2.5 * y[:, None] * [1, 0, 1, 0, 0, -1]).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy",
              metrics=["accuracy", keras.metrics.AUC()])
model.fit(x, y, epochs=30, batch_size=40, validation_split=0.2, class_weight={0: 1.0, 1: 4.0}, verbose=2)
