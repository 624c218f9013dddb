import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_breast_cancer

keras.utils.set_random_seed(214)
x, y = load_breast_cancer(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")

model = keras.Sequential([
    keras.Input((30,)),
    layers.Dense(12, activation="relu"),
    layers.Dense(12, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.8), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=12, batch_size=32, verbose=2)
