p='/work/wt/planes/Comparison/architectures.py'
t=open(p).read()
t=t.replace('''    is_random: bool = False
''','''    is_random: bool = False
    shape: tuple = (FEATURES,)
''',1)
t=t.replace('''                       o.Adam(0.02), sparse, "classes", ["accuracy"], is_random=True)
''','''                       o.Adam(0.02), sparse, "classes", ["accuracy"], is_random=True)
    yield from image_architectures.catalogue(Architecture)
''',1)
t=t.replace('''from keras import losses, optimizers, regularizers
''','''from keras import losses, optimizers, regularizers

import image_architectures
''',1)
t=t.replace('''def data(kind, seed):
    random = np.random.default_rng(seed)
    x = random.normal(0, 1, (ROWS, FEATURES)).astype("float32")
    score = x @ random.normal(0, 1, (FEATURES, CLASSES))''','''def data(kind, seed, shape=(FEATURES,)):
    random = np.random.default_rng(seed)
    x = random.normal(0, 1, (ROWS, *shape)).astype("float32")
    flat = x.reshape(ROWS, -1)
    if len(shape) > 1:
        # Images: numbers from 0 to 1, a few classes by the brightness of their parts.
        x = (1 / (1 + np.exp(-x - random.normal(0, 1, (ROWS, *shape[:-1], 1))))).astype("float32")
        flat = (x - x.mean(axis=0)).reshape(ROWS, -1)
    score = flat @ random.normal(0, 1, (flat.shape[1], CLASSES))''')
t=t.replace('''        "real": score[:, 0], "two": score[:, :2],
''','''        "real": score[:, 0], "two": score[:, :2],
        "same": x, "mask": (x[..., :1] > 0.5).astype("float32"),
''')
open(p,'w').write(t)
p='/work/wt/planes/Comparison/compare_with_keras.py'
t=open(p).read()
t=t.replace('architectures.data(a.target, seed=sum(map(ord, a.name)))','architectures.data(a.target, seed=sum(map(ord, a.name)), shape=a.shape)')
open(p,'w').write(t)
