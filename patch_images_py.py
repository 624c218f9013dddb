p='/work/wt/planes/Tests/Goldens/making/images.py'
t=open(p).read()
t=t.replace('''def laws():
    """(name, layer): random''','''def convolutions():
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
    """(name, layer): random''')
t=t.replace('''    return entries
''','''    random = np.random.default_rng(34)
    for name, layer, shape in convolutions():
        entries.append(entry(name, layer, [shape], False, random))
        keras.backend.clear_session()
    for name, layer, shape in turns():
        inputs = [random.uniform(0, 255, shape).round(1).astype("float32")]
        entries.append(entry(name, layer, [shape], True, random, inputs))
        keras.backend.clear_session()
    entries += [law(name, layer, random) for name, layer in later_laws()]
    return entries
''')
open(p,'w').write(t)
p='/work/wt/planes/Sources/Networks/Images/PlaneSampling.swift'
t=open(p).read()
t=t.replace('''  package init(_ configuration: Configuration) throws {
    let mode = try configuration.string("fill_mode", default: "reflect")''','''  ///
  /// - Parameter standard: The fill mode where none is given.
  package init(_ configuration: Configuration, default standard: FillMode = .reflect) throws {
    let mode = try configuration.string("fill_mode", default: standard.rawValue)''')
t=t.replace('''  package func write(to result: inout JSONObject) {
    result.set("fill_mode", fillMode.rawValue, default: "reflect")''','''  package func write(to result: inout JSONObject, default standard: FillMode = .reflect) {
    result.set("fill_mode", fillMode.rawValue, default: standard.rawValue)''')
open(p,'w').write(t)
