"""Layers that crop, resize, move and colour images: exact numbers where they are not random (or are
given a range of one number), means and spreads of every pixel where they are."""

import jax.numpy as jnp
import keras
import numpy as np
from keras import layers as L

from .layers import entry
from .writing import plain_config

FIRST = "channels_first"


def planes():
    """(name, layer, input shape)"""
    s, p, v, c = (2, 7, 3), (2, 5, 6, 2), (2, 3, 4, 5, 2), (2, 3, 5, 6)
    yield "cropping_3d", L.Cropping3D(((1, 0), (1, 1), (2, 1))), v
    yield "cropping_2d_first", L.Cropping2D(((1, 0), (2, 1)), data_format=FIRST), c
    yield "zero_padding_3d", L.ZeroPadding3D(((1, 0), (0, 2), (1, 1))), v
    yield "zero_padding_2d_first", L.ZeroPadding2D(1, data_format=FIRST), c
    yield "up_sampling_3d", L.UpSampling3D((2, 1, 3)), v
    yield "up_sampling_2d_first", L.UpSampling2D(2, data_format=FIRST), c
    for way in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
        yield f"up_sampling_2d_{way}", L.UpSampling2D((2, 3), interpolation=way), p
    yield "adaptive_average_pooling_1d", L.AdaptiveAveragePooling1D(3), s
    yield "adaptive_average_pooling_2d", L.AdaptiveAveragePooling2D((2, 4)), p
    yield "adaptive_average_pooling_2d_first", L.AdaptiveAveragePooling2D(
        (3, 2), data_format=FIRST), c
    yield "adaptive_average_pooling_3d", L.AdaptiveAveragePooling3D((2, 2, 3)), v
    yield "adaptive_max_pooling_1d", L.AdaptiveMaxPooling1D(4), s
    yield "adaptive_max_pooling_2d", L.AdaptiveMaxPooling2D((2, 4)), p
    yield "adaptive_max_pooling_3d", L.AdaptiveMaxPooling3D((3, 2, 2)), v
    yield "global_average_pooling_3d", L.GlobalAveragePooling3D(), v
    yield "global_max_pooling_3d", L.GlobalMaxPooling3D(keepdims=True), v
    yield "global_max_pooling_2d_first", L.GlobalMaxPooling2D(data_format=FIRST), c


def images():
    """(name, layer, input shape, training)"""
    p = (2, 5, 6, 3)
    for way in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        yield f"resizing_{way}", L.Resizing(3, 9, interpolation=way), p, False
    yield "resizing_antialias", L.Resizing(2, 3, antialias=True), p, False
    yield "resizing_antialias_bicubic", L.Resizing(3, 2, "bicubic", antialias=True), p, False
    yield "resizing_crop", L.Resizing(4, 2, crop_to_aspect_ratio=True), p, False
    yield "resizing_pad", L.Resizing(3, 8, pad_to_aspect_ratio=True, fill_value=7.0), p, False
    yield "resizing_first", L.Resizing(4, 4, data_format=FIRST), (2, 3, 5, 6), False
    yield "center_crop", L.CenterCrop(3, 3), p, False
    yield "center_crop_larger", L.CenterCrop(7, 4), p, False
    yield "center_crop_first", L.CenterCrop(2, 4, data_format=FIRST), (2, 3, 5, 6), False
    yield "auto_contrast", L.AutoContrast(), p, False
    yield "auto_contrast_range", L.AutoContrast(value_range=(0, 300)), p, False
    for mode in ("constant", "reflect", "wrap", "nearest"):
        yield f"random_translation_{mode}", L.RandomTranslation(
            (0.3, 0.3), (-0.7, -0.7), fill_mode=mode, fill_value=9.0), p, True
        yield f"random_zoom_{mode}", L.RandomZoom(
            (0.8, 0.8), (-0.4, -0.4), fill_mode=mode, fill_value=9.0), p, True
    yield "random_translation_nearest_pixel", L.RandomTranslation(
        (0.25, 0.25), (0.4, 0.4), interpolation="nearest"), p, True
    yield "random_zoom_one_factor", L.RandomZoom((0.3, 0.3)), p, True
    yield "random_zoom_inference", L.RandomZoom(0.3), p, False
    yield "random_flip_inference", L.RandomFlip("horizontal"), p, False
    yield "random_contrast", L.RandomContrast((-0.4, 0.4)), p, True
    yield "random_brightness", L.RandomBrightness((0.2, 0.2)), p, True
    yield "random_brightness_unit", L.RandomBrightness((-0.1, -0.1), value_range=(-50, 300)), p, True
    yield "random_grayscale", L.RandomGrayscale(1.0), p, True
    yield "random_invert", L.RandomInvert((1.0, 1.0)), p, True
    yield "random_color_degeneration", L.RandomColorDegeneration((0.7, 0.7)), p, True
    yield "random_saturation", L.RandomSaturation((0.3, 0.3)), p, True
    yield "random_posterization", L.RandomPosterization((3, 3)), p, True
    yield "random_sharpness", L.RandomSharpness((0.8, 0.8)), p, True
    yield "random_sharpness_smooth", L.RandomSharpness((0.1, 0.1)), p, True
    yield "random_gaussian_blur", L.RandomGaussianBlur((1, 1), (3, 5), (0.9, 0.9)), p, True
    yield "solarization", L.Solarization((0.0, 0.0), (0.0, 0.0)), p, True
    yield "random_crop_not_larger", L.RandomCrop(6, 4, seed=1), p, True
    yield "random_color_jitter", L.RandomColorJitter(
        brightness_factor=(0.1, 0.1), contrast_factor=(-0.2, 0.2), saturation_factor=(0.4, 0.4)), p, True


def convolutions():
    """(name, layer, input shape)"""
    s, p, v, c = (2, 6, 3), (2, 4, 5, 3), (1, 3, 2, 3, 2), (2, 3, 4, 5)
    yield "conv_1d_transpose", L.Conv1DTranspose(4, 3, strides=2), s
    yield "conv_1d_transpose_same", L.Conv1DTranspose(2, 4, strides=3, padding="same"), s
    yield "conv_2d_transpose", L.Conv2DTranspose(2, 3, activation="relu"), p
    yield "conv_2d_transpose_strided", L.Conv2DTranspose(2, (2, 3), strides=(3, 2)), p
    yield "conv_2d_transpose_same", L.Conv2DTranspose(2, 3, strides=2, padding="same", use_bias=False), p
    yield "conv_2d_transpose_same_even", L.Conv2DTranspose(2, (4, 2), strides=(1, 3), padding="same"), p
    yield "conv_2d_transpose_dilated", L.Conv2DTranspose(2, 2, dilation_rate=(2, 3)), p
    yield "conv_2d_transpose_same_dilated", L.Conv2DTranspose(2, 3, padding="same", dilation_rate=2), p
    for padding in ("valid", "same"):
        yield f"conv_2d_transpose_output_padding_{padding}", L.Conv2DTranspose(
            2, 3, strides=(2, 3), padding=padding, output_padding=(1, 2)), p
        yield f"conv_2d_transpose_no_output_padding_{padding}", L.Conv2DTranspose(
            2, (3, 4), strides=2, padding=padding, output_padding=0), p
    yield "conv_2d_transpose_first", L.Conv2DTranspose(2, 3, data_format=FIRST), c
    yield "conv_3d_transpose", L.Conv3DTranspose(2, 2, strides=2, padding="same"), v
    yield "depthwise_1d", L.DepthwiseConv1D(3, depth_multiplier=2), s
    yield "depthwise_2d", L.DepthwiseConv2D(3, activation="tanh"), p
    yield "depthwise_2d_same", L.DepthwiseConv2D(
        (2, 3), strides=2, padding="same", depth_multiplier=2, use_bias=False), p
    yield "depthwise_2d_dilated", L.DepthwiseConv2D(
        2, dilation_rate=2, depthwise_regularizer="l2", bias_regularizer="l1"), p
    yield "depthwise_2d_first", L.DepthwiseConv2D(2, data_format=FIRST), c
    yield "separable_1d", L.SeparableConv1D(4, 3, padding="same"), s
    yield "separable_2d", L.SeparableConv2D(4, 3, activation="relu"), p
    yield "separable_2d_strided", L.SeparableConv2D(
        2, 2, strides=2, padding="same", depth_multiplier=2, use_bias=False,
        pointwise_regularizer="l1"), p
    yield "separable_2d_first", L.SeparableConv2D(2, 2, dilation_rate=2, data_format=FIRST), c
    yield "conv_2d_first", L.Conv2D(2, 3, padding="same", data_format=FIRST), c
    yield "max_pooling_2d_first", L.MaxPooling2D(2, data_format=FIRST), c
    yield "average_pooling_1d_first", L.AveragePooling1D(2, data_format=FIRST), (2, 3, 6)


def turns():
    """(name, layer, input shape)"""
    p = (2, 5, 6, 2)
    for mode in ("constant", "reflect", "wrap", "nearest"):
        yield f"random_rotation_{mode}", L.RandomRotation(
            (0.13, 0.13), fill_mode=mode, fill_value=9.0), p
    yield "random_rotation_nearest_pixel", L.RandomRotation((-0.2, -0.2), interpolation="nearest"), p
    yield "random_rotation_first", L.RandomRotation((0.3, 0.3), data_format=FIRST), (2, 2, 5, 6)
    yield "random_perspective_none", L.RandomPerspective((1.0, 1.0), scale=0.0), p
    yield "equalization", L.Equalization(), p
    yield "equalization_range", L.Equalization(value_range=(0, 300), bins=20), p


def later_laws():
    yield "law_rotation", L.RandomRotation(0.2, seed=21)
    yield "law_shear", L.RandomShear(0.4, (0.1, 0.3), seed=22)
    yield "law_perspective", L.RandomPerspective(0.8, 0.6, fill_value=40.0, seed=23)


def laws():
    """(name, layer): random in training."""
    yield "law_flip", L.RandomFlip(seed=1)
    yield "law_flip_horizontal", L.RandomFlip("horizontal", seed=1)
    yield "law_translation", L.RandomTranslation(0.3, (-0.1, 0.4), seed=2)
    yield "law_zoom", L.RandomZoom((-0.5, 0.2), 0.3, seed=3)
    yield "law_contrast", L.RandomContrast(0.5, seed=4)
    yield "law_brightness", L.RandomBrightness(0.3, seed=5)
    yield "law_grayscale", L.RandomGrayscale(0.3, seed=6)
    yield "law_invert", L.RandomInvert(0.6, seed=7)
    yield "law_color_degeneration", L.RandomColorDegeneration(0.5, seed=8)
    yield "law_hue", L.RandomHue(0.4, seed=9)
    yield "law_saturation", L.RandomSaturation(0.45, seed=10)
    yield "law_posterization", L.RandomPosterization((2, 6), seed=11)
    yield "law_sharpness", L.RandomSharpness(0.9, seed=12)
    yield "law_solarization", L.Solarization(0.3, (0.2, 0.6), seed=13)
    yield "law_erasing", L.RandomErasing(0.8, (0.1, 0.5), seed=14)
    yield "law_erasing_filled", L.RandomErasing(scale=0.4, fill_value=10.0, seed=15)
    yield "law_gaussian_blur", L.RandomGaussianBlur(0.7, 3, (0.5, 0.50001), seed=16)
    yield "law_color_jitter", L.RandomColorJitter(
        brightness_factor=0.2, contrast_factor=0.3, saturation_factor=0.4, hue_factor=0.2, seed=17)


DRAWS = 20_000
# RandomCrop draws once for a batch.
BATCHES = 1500


def law(name, layer, random):
    """Mean and standard deviation of every element over many draws."""
    image = random.integers(0, 256, (4, 5, 3)).astype("float32")
    copies = jnp.broadcast_to(jnp.asarray(image), (DRAWS,) + image.shape)
    result = np.asarray(layer(copies, training=True), dtype="float64")
    return described(name, layer, image, result)


def batch_law(name, layer, random):
    image = random.integers(0, 256, (4, 5, 3)).astype("float32")
    result = np.stack([np.asarray(layer(jnp.asarray(image[None]), training=True))[0]
                       for _ in range(BATCHES)]).astype("float64")
    return {**described(name, layer, image, result), "for_batch": True}


def described(name, layer, image, result):
    return {
        "name": name, "class_name": type(layer).__name__,
        "config": plain_config(layer.get_config()), "law": True, "image": image,
        "draws": len(result), "mean": result.mean(axis=0).astype("float32"),
        "std": result.std(axis=0).astype("float32"),
    }


def make():
    random = np.random.default_rng(31)
    entries = []
    for name, layer, shape in planes():
        entries.append(entry(name, layer, [shape], False, random))
        keras.backend.clear_session()
    random = np.random.default_rng(32)
    for name, layer, shape, training in images():
        inputs = [random.uniform(0, 255, shape).round(1).astype("float32")]
        entries.append(entry(name, layer, [shape], training, random, inputs))
        keras.backend.clear_session()
    random = np.random.default_rng(33)
    entries += [law(name, layer, random) for name, layer in laws()]
    entries.append(batch_law("law_crop", L.RandomCrop(2, 3, seed=18), random))
    random = np.random.default_rng(34)
    for name, layer, shape in convolutions():
        entries.append(entry(name, layer, [shape], False, random))
        keras.backend.clear_session()
    for name, layer, shape in turns():
        inputs = [random.uniform(0, 255, shape).round(1).astype("float32")]
        entries.append(entry(name, layer, [shape], True, random, inputs))
        keras.backend.clear_session()
    entries += [law(name, layer, random) for name, layer in later_laws()]
    return entries
