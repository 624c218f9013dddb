import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(10)
users, films = 40, 60
user, film = rng.integers(0, users, 4000), rng.integers(0, films, 4000)
taste, kind = rng.normal(size=(users, 2)), rng.normal(size=(films, 2))
rating = (3 + (taste[user] * kind[film]).sum(axis=1)).astype("float32")

keras.utils.set_random_seed(10)
by_user, by_film = keras.Input((1,), name="user"), keras.Input((1,), name="film")
film_row = layers.Flatten()(layers.Embedding(films, 8)(by_film))
user_row = layers.Flatten()(layers.Embedding(users, 8)(by_user))
both = layers.Concatenate()([user_row, film_row, layers.Multiply()([user_row, film_row])])
score = layers.Dense(1)(layers.Dense(32, activation="relu")(both))
model = keras.Model([by_user, by_film], score)
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit([user[:, None], film[:, None]], rating, epochs=25, batch_size=64)
