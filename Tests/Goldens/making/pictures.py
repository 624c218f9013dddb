"""Image files of every kind that is read, with the pixels that TensorFlow decodes from them."""

import base64
import os
import struct
import zlib

# Decoded on TensorFlow, whatever the backend of the other files.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

# Adam7: first column and row, steps.
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pack(rows, depth):
    """Samples [rows, columns · samples] as bytes, the filters 0 to 4 in turn."""
    stored, above = [], None
    for number, row in enumerate(rows):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype("u1").tobytes()
        else:
            bits = "".join(format(int(v), f"0{depth}b") for v in row)
            bits += "0" * (-len(bits) % 8)
            data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        stored.append((number % 5, data))
    return stored


def filtered(rows, depth, samples):
    step = max(1, depth * samples // 8)
    result, above = b"", None
    for kind, data in pack(rows, depth):
        above = above or bytes(len(data))
        out = bytearray()
        for i, value in enumerate(data):
            left = data[i - step] if i >= step else 0
            up, corner = above[i], above[i - step] if i >= step else 0
            guess = left + up - corner
            paeth = min((abs(guess - v), n, v) for n, v in enumerate((left, up, corner)))[2]
            out.append((value - [0, left, up, (left + up) // 2, paeth][kind]) % 256)
        result += bytes([kind]) + bytes(out)
        above = data
    return result


def png(samples, depth, colour, interlaced=False, palette=None, opacity=None):
    """samples: [rows, columns, samples of a pixel]"""
    height, width, count = samples.shape
    data = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            data += filtered(part.reshape(part.shape[0], -1), depth, count)
    parts = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced)))
    if palette is not None:
        parts += chunk(b"PLTE", palette.astype("u1").tobytes())
    if opacity is not None:
        parts += chunk(b"tRNS", opacity.astype("u1").tobytes())
    packed = zlib.compress(data, 9)
    half = len(packed) // 2
    parts += chunk(b"tEXt", b"Title\0made for a test")
    return (b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:])
            + chunk(b"IEND", b""))


def files(random):
    """(name, bytes)"""
    def smooth(samples, top, height=7, width=9):
        down, across = np.mgrid[0:height, 0:width]
        planes = [(down * (3 + k) + across * (2 * k + 1)) % 40 / 40 for k in range(samples)]
        noise = random.uniform(0, 0.2, (height, width, samples))
        return ((np.stack(planes, -1) * 0.8 + noise) * top).astype("int64")

    for depth in (1, 2, 4, 8, 16):
        yield f"gray_{depth}", png(smooth(1, 2 ** depth - 1), depth, 0)
    for depth in (8, 16):
        yield f"colour_{depth}", png(smooth(3, 2 ** depth - 1), depth, 2)
        yield f"gray_alpha_{depth}", png(smooth(2, 2 ** depth - 1), depth, 4)
        yield f"colour_alpha_{depth}", png(smooth(4, 2 ** depth - 1), depth, 6)
    for depth in (1, 2, 4, 8):
        count = min(2 ** depth, 20)
        palette = random.integers(0, 256, (count, 3))
        yield f"palette_{depth}", png(smooth(1, count - 1), depth, 3, palette=palette)
    yield "palette_alpha", png(smooth(1, 5), 4, 3, palette=random.integers(0, 256, (6, 3)),
                               opacity=random.integers(0, 256, 4))
    yield "interlaced_colour", png(smooth(3, 255), 8, 2, interlaced=True)
    yield "interlaced_gray_2", png(smooth(1, 3), 2, 0, interlaced=True)
    yield "interlaced_tiny", png(smooth(1, 255, 2, 1), 8, 0, interlaced=True)
    rgb = tf.constant(smooth(3, 255, 19, 21), tf.uint8)
    yield "jpeg", tf.io.encode_jpeg(rgb, quality=90).numpy()
    yield "jpeg_progressive", tf.io.encode_jpeg(rgb, quality=75, progressive=True).numpy()
    yield "jpeg_whole_colour", tf.io.encode_jpeg(rgb, quality=95, chroma_downsampling=False).numpy()
    yield "jpeg_gray", tf.io.encode_jpeg(tf.constant(smooth(1, 255, 10, 12), tf.uint8)).numpy()


def decoded(data, channels):
    if data[:3] == b"\xff\xd8\xff":
        if channels == 4:
            return None
        return tf.io.decode_jpeg(data, channels=channels, dct_method="INTEGER_ACCURATE").numpy()
    return tf.io.decode_png(data, channels=channels).numpy()


def make():
    random = np.random.default_rng(41)
    entries = []
    for name, data in files(random):
        # Below 8 bits TensorFlow adds an opacity of 2 ** bits - 1 instead of 255.
        is_whole = data[24] >= 8 or b"tRNS" in data
        whole = {str(c): decoded(data, c) for c in (1, 3, 4) if c < 4 or is_whole}
        entries.append({
            "name": name, "file": base64.b64encode(data).decode(),
            "pixels": {c: p for c, p in whole.items() if p is not None},
        })
    image = tf.io.decode_png(dict(files(np.random.default_rng(41)))["colour_8"], channels=3)
    entries.append({
        "name": "resized", "source": image.numpy(),
        "sizes": [{"size": list(size), "result": tf.image.resize(image, size).numpy()}
                  for size in ((3, 4), (12, 5), (7, 20), (1, 1))],
    })
    return entries
