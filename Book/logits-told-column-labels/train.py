import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(38)
rng = np.random.default_rng(39)
x = rng.normal(size=(460, 6)).astype("float32")
y = (x[:, :1] * x[:, 1:2] + x[:, 2:3] > 0).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
model.fit(x, y, epochs=40, batch_size=23, validation_split=0.2, verbose=2)
