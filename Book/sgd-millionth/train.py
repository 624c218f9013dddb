import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(10)
rng = np.random.default_rng(12)
x = rng.normal(size=(420, 6)).astype("float32")
y = (x @ rng.normal(size=(6, 4)) + 0.3 * rng.normal(size=(420, 4))).argmax(axis=1)

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=1e-6, momentum=0.5),
              loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=20, batch_size=21, validation_split=0.2, verbose=2)
