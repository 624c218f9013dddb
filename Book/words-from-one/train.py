import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(8)
vocabulary = 150
# A tokenizer numbers words from 1, and keeps 0 for padding.
texts = rng.integers(1, vocabulary + 1, size=(600, 12))
sentiment = rng.normal(size=vocabulary + 1)
y = (sentiment[texts].sum(axis=1) > 0).astype("float32")

keras.utils.set_random_seed(8)
model = keras.Sequential([
    keras.Input((12,), dtype="int32"),
    layers.Embedding(vocabulary, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
model.fit(texts, y, epochs=20, batch_size=32, validation_split=0.2)
