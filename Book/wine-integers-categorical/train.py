import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(2)
x, y = load_wine(return_X_y=True)
x = StandardScaler().fit_transform(x)

model = keras.Sequential([
    keras.Input((13,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=16, verbose=2)
