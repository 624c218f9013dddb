import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(48)
rng = np.random.default_rng(55)
x = rng.normal(size=(600, 10)).astype("float32")
y = (x @ rng.normal(size=(10, 3)) + 0.5 * rng.normal(size=(600, 3))).argmax(axis=1)

mild = keras.regularizers.L2(1e-3)
model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(64, activation="relu", kernel_regularizer=mild),
    layers.Dropout(0.5),
    layers.Dense(32, activation="relu", kernel_regularizer=mild),
    layers.Dropout(0.5),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.004), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y, epochs=40, batch_size=32, validation_split=0.25, verbose=2)
