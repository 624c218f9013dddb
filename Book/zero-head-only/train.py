import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(45)
rng = np.random.default_rng(51)
x = rng.normal(size=(480, 8)).astype("float32")
y = (x @ rng.normal(size=(8, 4)) + 0.4 * rng.normal(size=(480, 4))).argmax(axis=1)

model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(32, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(4, activation="softmax", kernel_initializer="zeros"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y, epochs=25, batch_size=24, validation_split=0.2, verbose=2)
