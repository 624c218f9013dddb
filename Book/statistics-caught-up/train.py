import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_wine

keras.utils.set_random_seed(217)
x, y = load_wine(return_X_y=True)
x = x.astype("float32")
order = np.random.default_rng(3).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((13,)),
    layers.BatchNormalization(momentum=0.8),
    layers.Dense(32, activation="relu"),
    layers.BatchNormalization(momentum=0.8),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=16, validation_split=0.2, verbose=2)
