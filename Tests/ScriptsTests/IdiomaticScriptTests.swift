import CaseFile
import JSON
import Testing

import Scripts

/// A script as people wrote it for Keras 1 and 2, and what it says.
struct IdiomaticScript: Sendable, CustomTestStringConvertible {
  let title: String
  let text: String
  /// The classes of the layers in order.
  let classes: [String]
  /// Units or filters of the layers that have them, in order.
  let units: [Int]
  /// The activations of the layers that have one, in order.
  let activations: [String]
  let optimizer: String
  let rate: Double
  let loss: String
  let epochs: Int
  var testDescription: String { title }
}

@Suite("Scripts of Keras 1 and 2")
struct IdiomaticScriptTests {
  @Test("read right", arguments: IdiomaticScript.all)
  func reads(_ example: IdiomaticScript) throws {
    let found = try script(example.text)
    let layers = found.layers.filter { $0.className != "InputLayer" }
    #expect(layers.map(\.className) == example.classes, "\(found.notes)")
    let units = layers.compactMap {
      $0.configuration["units"]?.int ?? $0.configuration["filters"]?.int
    }
    #expect(units == example.units)
    #expect(layers.compactMap { $0.configuration["activation"]?.string } == example.activations)
    let optimizer = found.compilation?["optimizer"]
    #expect(optimizer?["class_name"]?.string == example.optimizer)
    #expect(optimizer?["config"]?["learning_rate"]?.double == example.rate)
    let loss = found.compilation?["loss"]
    #expect((loss?.string ?? loss?["class_name"]?.string) == example.loss)
    #expect(found.fit?.epochs == example.epochs)
  }

  @Test("the data of the scripts are known as far as they tell")
  func data() throws {
    func found(_ title: String) throws -> Script {
      try script(try #require(IdiomaticScript.all.first { $0.title == title }).text)
    }
    let digits = try found("Keras 2, convolutions on MNIST")
    #expect(digits.features.first?.shape == [60000, 28, 28, 1])
    #expect((digits.features.first?.numbers.max() ?? 0) <= 1)
    #expect(digits.targets?.shape == [60000, 10])
    #expect(digits.validationTargets?.shape == [10000, 10])
    let old = try found("Keras 1, convolutions with the kernel by extents")
    #expect(old.features.isEmpty)
    #expect(old.targets?.shape.last == 10)
    #expect(old.targets?.unknown.contains("rows") == true)
    let reviews = try found("Keras 2, text of IMDB")
    #expect(reviews.features.first?.shape == [25000, 100])
    let table = try found("Keras 2, a table with scaler and one-hot labels")
    #expect(table.features.first?.shape == [112, 4])
    #expect(table.targets?.shape == [112, 3])
  }
}

extension IdiomaticScript {
  static let all: [IdiomaticScript] = [
    IdiomaticScript(
      title: "Keras 1, a table by add",
      text: """
        from keras.models import Sequential
        from keras.layers.core import Dense, Dropout, Activation
        from keras.optimizers import SGD
        from keras.regularizers import l2
        import numpy
        dataset = numpy.loadtxt("pima.csv", delimiter=",")
        X = dataset[:,0:8]
        Y = dataset[:,8]
        model = Sequential()
        model.add(Dense(12, input_dim=8, init='uniform', activation='relu', W_regularizer=l2(0.01)))
        model.add(Dropout(p=0.3))
        model.add(Dense(output_dim=8, init='uniform'))
        model.add(Activation('tanh'))
        model.add(Dense(1, init='uniform', activation='sigmoid'))
        sgd = SGD(lr=0.1, decay=1e-6, momentum=0.9, nesterov=True)
        model.compile(loss='binary_crossentropy', optimizer=sgd, metrics=['accuracy'])
        model.fit(X, Y, nb_epoch=150, batch_size=10, verbose=2)
        """,
      classes: ["Dense", "Dropout", "Dense", "Activation", "Dense"], units: [12, 8, 1],
      activations: ["relu", "linear", "tanh", "sigmoid"], optimizer: "SGD", rate: 0.1,
      loss: "binary_crossentropy", epochs: 150),
    IdiomaticScript(
      title: "Keras 1, convolutions with the kernel by extents",
      text: """
        from keras.models import Sequential
        from keras.layers import Dense, Flatten, Convolution2D, MaxPooling2D, Activation
        from keras.utils import np_utils
        nb_classes = 10
        nb_filters, nb_conv = 32, 3
        Y_train = np_utils.to_categorical(y_train, nb_classes)
        model = Sequential()
        model.add(Convolution2D(nb_filters, nb_conv, nb_conv, border_mode='valid',
                                input_shape=(28, 28, 1)))
        model.add(Activation('relu'))
        model.add(Convolution2D(64, 3, 3, subsample=(2, 2), activation='relu'))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Flatten())
        model.add(Dense(nb_classes))
        model.add(Activation('softmax'))
        model.compile(loss='categorical_crossentropy', optimizer='adadelta')
        model.fit(X_train, Y_train, batch_size=128, nb_epoch=12, validation_data=(X_test, Y_test))
        """,
      classes: [
        "Conv2D", "Activation", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Activation",
      ], units: [32, 64, 10], activations: ["linear", "relu", "relu", "linear", "softmax"],
      optimizer: "Adadelta", rate: 0.001, loss: "categorical_crossentropy", epochs: 12),
    IdiomaticScript(
      title: "Keras 1, functional with merge",
      text: """
        from keras.layers import Input, Dense, merge
        from keras.models import Model
        a = Input(shape=(10,))
        left = Dense(16, activation='relu')(a)
        right = Dense(16, activation='tanh')(a)
        both = merge([left, right], mode='concat')
        out = Dense(1)(both)
        model = Model(input=a, output=out)
        model.compile('rmsprop', 'mse')
        model.fit(x, y, nb_epoch=3)
        """,
      classes: ["Dense", "Dense", "Concatenate", "Dense"], units: [16, 16, 1],
      activations: ["relu", "tanh", "linear"], optimizer: "RMSprop", rate: 0.001, loss: "mse",
      epochs: 3),
    IdiomaticScript(
      title: "Keras 2, convolutions on MNIST",
      text: """
        from __future__ import print_function
        import keras
        from keras.datasets import mnist
        from keras.models import Sequential
        from keras.layers import Dense, Dropout, Flatten
        from keras.layers import Conv2D, MaxPooling2D
        from keras import backend as K
        batch_size = 128
        num_classes = 10
        epochs = 12
        img_rows, img_cols = 28, 28
        (x_train, y_train), (x_test, y_test) = mnist.load_data()
        if K.image_data_format() == 'channels_first':
            x_train = x_train.reshape(x_train.shape[0], 1, img_rows, img_cols)
            input_shape = (1, img_rows, img_cols)
        else:
            x_train = x_train.reshape(x_train.shape[0], img_rows, img_cols, 1)
            x_test = x_test.reshape(x_test.shape[0], img_rows, img_cols, 1)
            input_shape = (img_rows, img_cols, 1)
        x_train = x_train.astype('float32')
        x_test = x_test.astype('float32')
        x_train /= 255
        x_test /= 255
        print('x_train shape:', x_train.shape)
        y_train = keras.utils.to_categorical(y_train, num_classes)
        y_test = keras.utils.to_categorical(y_test, num_classes)
        model = Sequential()
        model.add(Conv2D(32, kernel_size=(3, 3), activation='relu', input_shape=input_shape))
        model.add(Conv2D(64, (3, 3), activation='relu'))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Dropout(0.25))
        model.add(Flatten())
        model.add(Dense(num_classes, activation='softmax'))
        model.compile(loss=keras.losses.categorical_crossentropy,
                      optimizer=keras.optimizers.Adadelta(), metrics=['accuracy'])
        model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, verbose=1,
                  validation_data=(x_test, y_test))
        """,
      classes: ["Conv2D", "Conv2D", "MaxPooling2D", "Dropout", "Flatten", "Dense"],
      units: [32, 64, 10], activations: ["relu", "relu", "softmax"], optimizer: "Adadelta",
      rate: 0.001, loss: "categorical_crossentropy", epochs: 12),
    IdiomaticScript(
      title: "Keras 2, a table with scaler and one-hot labels",
      text: """
        import tensorflow as tf
        from sklearn import datasets
        from sklearn.model_selection import train_test_split
        from sklearn.preprocessing import StandardScaler, OneHotEncoder
        iris = datasets.load_iris()
        X = iris['data']
        y = OneHotEncoder(sparse=False).fit_transform(iris.target.reshape(-1, 1))
        X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
        scaler = StandardScaler()
        X_train = scaler.fit_transform(X_train)
        X_test = scaler.transform(X_test)
        def build(hidden=(16, 8), rate=0.01):
            model = tf.keras.models.Sequential()
            model.add(tf.keras.Input(shape=(4,)))
            for units in hidden:
                model.add(tf.keras.layers.Dense(units, activation=tf.nn.relu))
            model.add(tf.keras.layers.Dense(3, activation='softmax'))
            model.compile(optimizer=tf.keras.optimizers.Adam(lr=rate),
                          loss=tf.keras.losses.CategoricalCrossentropy(), metrics=['acc'])
            return model
        net = build()
        net.fit(X_train, y_train, epochs=50, validation_data=(X_test, y_test))
        """,
      classes: ["Dense", "Dense", "Dense"], units: [16, 8, 3],
      activations: ["relu", "relu", "softmax"], optimizer: "Adam", rate: 0.01,
      loss: "CategoricalCrossentropy", epochs: 50),
    IdiomaticScript(
      title: "Keras 2, text of IMDB",
      text: """
        from tensorflow.keras.datasets import imdb
        from tensorflow.keras.preprocessing import sequence
        from tensorflow.keras.layers import *
        from tensorflow.keras.models import Sequential
        max_features = 20000
        maxlen = 100
        (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=max_features)
        x_train = sequence.pad_sequences(x_train, maxlen=maxlen)
        model = Sequential([
            Embedding(max_features, 128, input_length=maxlen),
            Bidirectional(LSTM(64)),
            Dropout(0.5),
            Dense(1, activation='sigmoid'),
        ])
        model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
        model.fit(x_train, y_train, batch_size=32, epochs=4, validation_split=0.1)
        """,
      classes: ["Embedding", "Bidirectional", "Dropout", "Dense"], units: [1],
      activations: ["sigmoid"], optimizer: "Adam", rate: 0.001, loss: "binary_crossentropy",
      epochs: 4),
    IdiomaticScript(
      title: "Keras 2, a series with a recurrent net",
      text: """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import LSTM, Dense
        from keras.optimizers import RMSprop
        t = np.linspace(0, 100, 1001)
        series = np.sin(t)
        def windows(values, length=20):
            xs, ys = [], []
            for i in range(len(values) - length):
                xs.append(values[i:i + length])
                ys.append(values[i + length])
            return np.array(xs), np.array(ys)
        X, y = windows(series)
        X = np.reshape(X, (X.shape[0], X.shape[1], 1))
        model = Sequential()
        model.add(LSTM(50, return_sequences=True, input_shape=(X.shape[1], 1)))
        model.add(LSTM(units=50))
        model.add(Dense(1))
        model.compile(optimizer=RMSprop(lr=5e-4), loss='mean_squared_error')
        if __name__ == '__main__':
            history = model.fit(X, y, epochs=10, batch_size=64, shuffle=False)
        """,
      classes: ["LSTM", "LSTM", "Dense"], units: [50, 50, 1],
      activations: ["tanh", "tanh", "linear"], optimizer: "RMSprop", rate: 5e-4,
      loss: "mean_squared_error", epochs: 10),
    IdiomaticScript(
      title: "Keras 2, a wrapper of scikit-learn",
      text: """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.wrappers.scikit_learn import KerasClassifier
        from sklearn.preprocessing import LabelEncoder
        def create_model():
            model = Sequential()
            model.add(Dense(60, input_dim=60, kernel_initializer='normal', activation='relu'))
            model.add(Dense(1, kernel_initializer='normal', activation='sigmoid'))
            model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
            return model
        estimator = KerasClassifier(build_fn=create_model, epochs=100, batch_size=5, verbose=0)
        estimator.fit(X, y)
        """,
      classes: ["Dense", "Dense"], units: [60, 1], activations: ["relu", "sigmoid"],
      optimizer: "Adam", rate: 0.001, loss: "binary_crossentropy", epochs: 100),
    IdiomaticScript(
      title: "Keras 2, transfer with a frozen base",
      text: """
        from keras.applications import VGG16
        from keras.layers import Dense, Flatten
        from keras.models import Model
        from keras import optimizers
        base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
        for layer in base.layers:
            layer.trainable = False
        x = Flatten()(base.output)
        x = Dense(256, activation='relu')(x)
        predictions = Dense(2, activation='softmax')(x)
        model = Model(inputs=base.input, outputs=predictions)
        model.compile(loss='categorical_crossentropy', optimizer=optimizers.SGD(1e-4, momentum=0.9))
        model.fit_generator(train_generator, steps_per_epoch=100, epochs=30,
                            validation_data=validation_generator)
        """,
      classes: ["Functional", "Flatten", "Dense", "Dense"], units: [256, 2],
      activations: ["relu", "softmax"], optimizer: "SGD", rate: 1e-4,
      loss: "categorical_crossentropy", epochs: 30),
    IdiomaticScript(
      title: "Keras 2, a regression with callbacks and a class of arguments",
      text: """
        import keras.backend as K
        from keras import layers, models, callbacks, regularizers
        from keras.datasets import boston_housing
        (train_data, train_targets), (test_data, test_targets) = boston_housing.load_data()
        mean = train_data.mean(axis=0)
        train_data -= mean
        std = train_data.std(axis=0)
        train_data /= std
        params = dict(units=64, activation='elu', kernel_regularizer=regularizers.l1_l2(l1=1e-5, l2=1e-4))
        def rmse(y_true, y_pred):
            return K.sqrt(K.mean(K.square(y_pred - y_true)))
        net = models.Sequential()
        net.add(layers.Dense(input_shape=(train_data.shape[1],), **params))
        net.add(layers.BatchNormalization())
        net.add(layers.Dense(**params))
        net.add(layers.Dense(1))
        net.compile(optimizer='Nadam', loss=rmse, metrics=[rmse, 'mae'])
        stop = callbacks.EarlyStopping(monitor='val_loss', patience=10)
        net.fit(train_data, train_targets, epochs=80, batch_size=1, callbacks=[stop],
                class_weight=None, validation_split=0.2, verbose=0)
        """,
      classes: ["Dense", "BatchNormalization", "Dense", "Dense"], units: [64, 64, 1],
      activations: ["elu", "elu", "linear"], optimizer: "Nadam", rate: 0.001, loss: "function",
      epochs: 80),
  ]
}
