"""Models over images, small enough to train in seconds."""

import keras
from keras import layers as L
from keras import optimizers as O

SHAPE = (8, 8, 3)
CLASSES = 3


def normalized(x, filters, strides=1):
    # No bias: its gradient is rounding noise in front of a normalization.
    x = L.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
    return L.BatchNormalization(momentum=0.8)(x)


def resnet():
    """Two residual blocks, the second with half as many rows and columns."""
    inputs = keras.Input(SHAPE)
    x = L.ReLU()(normalized(inputs, 6))
    for filters, strides in ((6, 1), (8, 2)):
        h = L.ReLU()(normalized(x, filters, strides))
        h = normalized(h, filters)
        if strides > 1:
            x = L.Conv2D(filters, 1, strides=strides)(x)
        x = L.ReLU()(L.Add()([x, h]))
    x = L.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, L.Dense(CLASSES, activation="softmax")(x))


def unet():
    """Down and up again, with what was seen on the way down beside what comes up."""
    inputs = keras.Input(SHAPE)
    first = L.Conv2D(4, 3, padding="same", activation="relu")(inputs)
    second = L.Conv2D(6, 3, padding="same", activation="relu")(L.MaxPooling2D()(first))
    deep = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D()(second))
    up = L.Conv2DTranspose(6, 2, strides=2, activation="relu")(deep)
    up = L.Conv2D(6, 3, padding="same", activation="relu")(L.Concatenate()([up, second]))
    up = L.UpSampling2D(2, interpolation="bilinear")(up)
    up = L.Conv2D(4, 3, padding="same", activation="relu")(L.Concatenate()([up, first]))
    return keras.Model(inputs, L.Conv2D(1, 1, activation="sigmoid")(up))


def wide():
    """Enough channels for the transforms that spare multiplications."""
    return keras.Sequential([
        keras.Input(SHAPE), L.Conv2D(32, 3, padding="same", activation="relu"),
        L.Conv2D(40, 3, activation="relu"), L.MaxPooling2D(),
        L.Conv2D(48, 3, padding="same", activation="relu"), L.MaxPooling2D(3, strides=2),
        L.Flatten(), L.Dense(CLASSES, activation="softmax")])


def mobilenet():
    """Depthwise and pointwise convolutions with widening channels."""
    layers = [keras.Input(SHAPE), L.Conv2D(4, 3, strides=2, padding="same", use_bias=False),
              L.BatchNormalization(momentum=0.8), L.ReLU(max_value=6.0)]
    for filters, strides in ((6, 1), (8, 2)):
        layers += [L.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False),
                   L.BatchNormalization(momentum=0.8), L.ReLU(max_value=6.0),
                   L.Conv2D(filters, 1, use_bias=False),
                   L.BatchNormalization(momentum=0.8), L.ReLU(max_value=6.0)]
    return keras.Sequential(
        layers + [L.SeparableConv2D(8, 3, padding="same", activation="relu"),
                  L.GlobalAveragePooling2D(), L.Dense(CLASSES, activation="softmax")])


def autoencoder():
    return keras.Sequential([
        keras.Input(SHAPE),
        L.Conv2D(6, 3, strides=2, padding="same", activation="relu"),
        L.Conv2D(4, 3, strides=2, padding="same", activation="relu"),
        L.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"),
        L.Conv2DTranspose(6, 3, strides=2, padding="same", output_padding=1, activation="relu"),
        L.ZeroPadding2D(1), L.Cropping2D(((0, 2), (1, 1))),
        L.Conv2D(3, 3, padding="same", activation="sigmoid")])


def channels_first():
    """What is trained on GPUs: channels in front of rows and columns."""
    first = {"data_format": "channels_first"}
    return keras.Sequential([
        keras.Input(SHAPE), L.Permute((3, 1, 2)), L.ZeroPadding2D(1, **first),
        L.UpSampling2D(2, **first), L.Conv2DTranspose(4, 3, activation="relu", **first),
        L.GlobalMaxPooling2D(**first), L.Dense(CLASSES, activation="softmax")])


def prepared():
    """Images that are prepared within the model."""
    return keras.Sequential([
        keras.Input(SHAPE), L.Rescaling(255.0), L.Resizing(6, 7), L.CenterCrop(6, 6),
        L.AutoContrast(), L.Rescaling(1 / 127.5, offset=-1.0),
        L.Conv2D(6, 3, activation="relu"), L.AdaptiveAveragePooling2D((3, 2)), L.Flatten(),
        L.Dense(CLASSES, activation="softmax")])


def augmented():
    """Images that are changed at random in training."""
    return keras.Sequential([
        keras.Input(SHAPE), L.RandomFlip("horizontal"), L.RandomRotation(0.03), L.RandomZoom(0.1),
        L.RandomTranslation(0.1, 0.1), L.RandomContrast(0.1, value_range=(0, 1)),
        L.RandomBrightness(0.05, value_range=(0, 1)),
        L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(),
        L.Dense(24, activation="relu"), L.Dense(CLASSES, activation="softmax")])


def catalogue(architecture):
    """architecture: the class that describes one, with the shape of its input."""
    sparse = "sparse_categorical_crossentropy"

    def images(*arguments, **options):
        return architecture(*arguments, shape=SHAPE, **options)

    yield images("resnet", resnet(), O.SGD(0.05, momentum=0.9), sparse, "classes", ["accuracy"])
    yield images("u-net", unet(), O.Adam(0.01), "binary_crossentropy", "mask")
    yield images("wide-convolutions", wide(), O.SGD(0.05), sparse, "classes", ["accuracy"])
    yield images("mobilenet", mobilenet(), O.SGD(0.05, momentum=0.9), sparse, "classes")
    yield images("autoencoder", autoencoder(), O.Adam(0.01), "mse", "same")
    yield images("channels-first", channels_first(), O.SGD(0.1), sparse, "classes", on_tensorflow=False)
    yield images("prepared-images", prepared(), O.SGD(0.05), sparse, "classes", ["accuracy"])
    yield images("augmented-images", augmented(), O.Adam(0.01), sparse, "classes", is_random=True)
