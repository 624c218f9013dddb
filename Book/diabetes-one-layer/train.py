import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_diabetes

keras.utils.set_random_seed(42)
x, y = load_diabetes(return_X_y=True)
x = (x / x.std(axis=0)).astype("float32")
y = (y - y.mean()) / y.std()

model = keras.Sequential([keras.Input((10,)), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.SGD(0.02), loss="mse")
model.fit(x, y, epochs=40, batch_size=17, validation_split=0.2, verbose=2)
