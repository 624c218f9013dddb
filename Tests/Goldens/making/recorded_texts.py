"""The run of Tests/Samples/recorded-texts: start it with `downhill run --keep FOLDER --no-diagnosis`."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

keras.utils.set_random_seed(7)
r = np.random.default_rng(3)
words = "the a film was it caf\u00e9 good bad fine dull".split()
texts = [" ".join(r.choice(words, r.integers(1, 7))).capitalize() + "!" for _ in range(60)]
y = np.array([float("good" in text.lower()) for text in texts])
sequence = L.TextVectorization(max_tokens=9, output_sequence_length=5)
weighed = L.TextVectorization(output_mode="tf_idf", ngrams=2, max_tokens=20)
for layer in (sequence, weighed):
    layer.adapt(texts)
entry = keras.Input((), dtype="string")
mean = L.GlobalAveragePooling1D()(L.Embedding(9, 4, mask_zero=True)(sequence(entry)))
out = L.Dense(1, activation="sigmoid")(L.Concatenate()([mean, L.Dense(4, activation="tanh")(weighed(entry))]))
model = keras.Model(entry, out)
model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "binary_crossentropy")
model.fit(tf.constant(texts), tf.constant(y), epochs=2, batch_size=12,
          shuffle=False, verbose=0)
