import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(43)
rng = np.random.default_rng(47)
x = rng.normal(size=(500, 6)).astype("float32")
y = (x @ rng.normal(size=(6, 3)) + 0.3 * rng.normal(size=(500, 3))).argmax(axis=1)

base = layers.Dense(96, activation="relu", name="random_features")
base.trainable = False
model = keras.Sequential([keras.Input((6,)), base, layers.Dense(3, activation="softmax")])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=25, validation_split=0.2, verbose=2)
