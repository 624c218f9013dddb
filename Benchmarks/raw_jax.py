"""The tighter peers: workload b in JAX without Keras, a jitted step, and a whole epoch by `lax.scan`."""

import time

import jax
import jax.numpy as jnp
import numpy as np

import workloads

RATE, BETA_1, BETA_2, EPSILON = 1e-3, 0.9, 0.999, 1e-7


def loss(weights, x, y):
    h = x
    for kernel, bias in weights[:-1]:
        h = jax.nn.relu(h @ kernel + bias)
    z = (h @ weights[-1][0] + weights[-1][1])[:, 0]
    return jnp.mean(jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))))


def step(state, batch):
    weights, m, v, t = state
    value, g = jax.value_and_grad(loss)(weights, *batch)
    t = t + 1
    m = jax.tree.map(lambda a, b: a + (b - a) * (1 - BETA_1), m, g)
    v = jax.tree.map(lambda a, b: a + (b * b - a) * (1 - BETA_2), v, g)
    rate = RATE * jnp.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
    weights = jax.tree.map(
        lambda w, a, b: w - rate * a / (jnp.sqrt(b) + EPSILON), weights, m, v)
    return (weights, m, v, t), value


class RawJAX:
    def __init__(self, name, scan):
        self.name, self.scan = name, scan
        self.x, self.y = workloads.data(name)
        batch = workloads.BATCH[name]
        self.count = len(self.x) // batch
        random = np.random.default_rng(0)
        widths = [20, 64, 64, 1]
        weights = [(jnp.asarray(random.normal(0, 0.2, s).astype("float32")), jnp.zeros(s[1]))
                   for s in zip(widths, widths[1:])]
        zeros = lambda: jax.tree.map(jnp.zeros_like, weights)  # noqa: E731
        self.state = (weights, zeros(), zeros(), jnp.float32(0))
        self.step = jax.jit(step, donate_argnums=0)
        self.epoch = jax.jit(lambda s, x, y: jax.lax.scan(step, s, (x, y)), donate_argnums=0)
        self.run()

    def run(self):
        batch, order = workloads.BATCH[self.name], np.random.permutation(len(self.x))
        x, y = self.x[order], self.y[order]
        if self.scan:
            n = self.count * batch
            self.state, losses = self.epoch(
                self.state, x[:n].reshape(self.count, batch, -1), y[:n].reshape(self.count, batch))
        else:
            for i in range(self.count):
                rows = slice(i * batch, (i + 1) * batch)
                self.state, losses = self.step(self.state, (x[rows], y[rows]))
        jax.block_until_ready((self.state, losses))

    def milliseconds(self):
        start = time.perf_counter()
        self.run()
        return (time.perf_counter() - start) / self.count * 1e3
