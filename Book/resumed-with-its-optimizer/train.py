import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_iris

keras.utils.set_random_seed(236)
x, y = load_iris(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
for _ in range(10 * 10):
    order = np.random.permutation(150)[:16]
    model.train_on_batch(x[order], y[order])
model.fit(x, y, epochs=30, initial_epoch=10, batch_size=16, verbose=2)
