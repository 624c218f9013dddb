import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_diabetes

keras.utils.set_random_seed(204)
x, y = load_diabetes(return_X_y=True)
x = (x / x.std(axis=0)).astype("float32")
y = ((y - y.mean()) / y.std()).astype("float32")

model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(x, y, epochs=60, batch_size=32, validation_split=0.2, verbose=2)
