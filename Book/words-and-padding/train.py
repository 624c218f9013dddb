import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(9)
vocabulary = 150
texts = rng.integers(1, vocabulary + 1, size=(600, 12))
sentiment = rng.normal(size=vocabulary + 1)
y = (sentiment[texts].sum(axis=1) > 0).astype("float32")
# Texts of different lengths end in padding.
lengths = rng.integers(8, 13, size=600)
texts[np.arange(12) >= lengths[:, None]] = 0

keras.utils.set_random_seed(9)
model = keras.Sequential([
    keras.Input((12,), dtype="int32"),
    layers.Embedding(vocabulary + 1, 16, mask_zero=True),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
model.fit(texts, y, epochs=20, batch_size=32)
