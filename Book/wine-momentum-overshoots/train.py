import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(9)
x, y = load_wine(return_X_y=True)
x = StandardScaler().fit_transform(x).astype("float32")
order = np.random.default_rng(1).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((13,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(12, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.SGD(0.8, momentum=0.95),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x, y, epochs=25, batch_size=16, validation_split=0.2, verbose=2)
