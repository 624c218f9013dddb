import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(3)
x, y = load_wine(return_X_y=True)
x = StandardScaler().fit_transform(x).astype("float32")
order = np.random.default_rng(4).permutation(len(x))
x, y = x[order], keras.utils.to_categorical(y[order])

model = keras.Sequential([
    keras.Input((13,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(3, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=40, batch_size=16, validation_split=0.2, verbose=2)
