import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(29)
rng = np.random.default_rng(31)
x = rng.normal(size=(600, 4)).astype("float32")
y = (x @ rng.normal(size=(4, 3)) + 0.4 * rng.normal(size=(600, 3))).argmax(axis=1)

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(12, activation="tanh"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.5), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=50, validation_split=0.2, verbose=2)
