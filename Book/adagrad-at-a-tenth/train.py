import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_digits

keras.utils.set_random_seed(223)
x, y = load_digits(return_X_y=True)
x = (x / 16.0).astype("float32")[:1200]
y = y[:1200]

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adagrad(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=20, batch_size=32, validation_split=0.2, verbose=2)
