import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_iris

keras.utils.set_random_seed(212)
x, y = load_iris(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
order = np.random.default_rng(1).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([keras.Input((4,))])
for _ in range(10):
    model.add(layers.Dense(16, activation="tanh"))
model.add(layers.Dense(3, activation="softmax"))
model.compile(optimizer=keras.optimizers.Adam(0.001), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=40, batch_size=16, verbose=2)
