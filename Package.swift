// swift-tools-version: 6.1
import PackageDescription

// Targets stand lowest first: an arrow never points up. What each holds is told in docs/architecture.md.
let package = Package(
  name: "downhill",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Downhill", targets: ["Downhill"]),
    .executable(name: "downhill", targets: ["CommandLineTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // C libraries of the system, and our own vector kernels.
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/System/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CHDF5", path: "Sources/System/CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CTurboJPEG", path: "Sources/System/CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .target(
      name: "CKernels", dependencies: ["COpenBLAS"],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    .target(name: "CDigests"),

    // Leaves: values that everything else may speak of.
    .target(name: "JSON"),
    .target(name: "CaseFile", dependencies: ["JSON"]),
    .target(name: "Tensors", dependencies: ["CKernels"]),
    .target(name: "FileAccess", dependencies: ["CDigests", "JSON"]),
    .target(name: "Archives", dependencies: ["CZlib", "FileAccess"]),
    .target(name: "Images", dependencies: ["CZlib", "CTurboJPEG", "FileAccess"]),
    .target(name: "Logs", dependencies: ["CaseFile", "FileAccess", "JSON"]),

    // The engine.
    .target(name: "Graphs", dependencies: ["Tensors"]),
    .target(name: "Engine", dependencies: ["Graphs", "Tensors", "CKernels", "COpenBLAS"]),
    .target(name: "Networks", dependencies: ["Graphs", "Tensors", "JSON"]),
    .target(
      name: "Training",
      dependencies: [
        "Networks", "Graphs", "Engine", "Tensors", "CKernels", "CaseFile", "FileAccess", "JSON",
      ]),

    // What is read and written.
    .target(
      name: "KerasFiles",
      dependencies: [
        "Networks", "Training", "Archives", "FileAccess", "Tensors", "CHDF5", "CaseFile", "JSON",
      ]),
    .target(
      name: "Datasets",
      dependencies: ["Tensors", "Archives", "Images", "FileAccess", "CaseFile", "JSON"]),
    .target(
      name: "Captures",
      dependencies: ["KerasFiles", "Datasets", "Logs", "FileAccess", "CaseFile", "JSON"]),
    .target(name: "Scripts", dependencies: ["FileAccess", "CaseFile", "JSON"]),

    // What records a program while it runs.
    .target(name: "Recording", dependencies: ["FileAccess", "JSON"]),

    // What is concluded, tried and shown.
    .target(name: "Diagnosis", dependencies: ["CaseFile", "JSON"]),
    .target(
      name: "Treatment",
      dependencies: [
        "Diagnosis", "Training", "Networks", "Engine", "Graphs", "Tensors", "KerasFiles",
        "Datasets", "Captures", "FileAccess", "CaseFile", "JSON",
      ]),
    .target(name: "Charts"),
    .target(name: "Reports", dependencies: ["CaseFile", "Charts", "Diagnosis", "JSON"]),

    .target(
      name: "History", dependencies: ["CaseFile", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "Dashboard",
      dependencies: [
        "Charts", "History", "Reports", "CaseFile",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),

    // The two products.
    .target(
      name: "Downhill",
      dependencies: [
        "Tensors", "Networks", "Training", "KerasFiles", "Datasets", "CaseFile", "Diagnosis",
        "Treatment", "Reports", "JSON", "Captures", "Logs", "Scripts", "FileAccess", "Engine",
      ]),
    .executableTarget(
      name: "CommandLineTool",
      dependencies: [
        "Downhill", "Tensors", "Networks", "Training", "KerasFiles", "Datasets", "CaseFile",
        "Diagnosis", "Treatment", "Reports", "JSON", "Archives", "FileAccess", "Captures",
        "History", "Dashboard", "Recording", "Scripts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Programs that show the library, each with a falling loss: see Examples/README.md.
    .executableTarget(
      name: "ExampleDigits", dependencies: ["Downhill"], path: "Examples/Digits"),
    .executableTarget(
      name: "ExampleRegression", dependencies: ["Downhill"], path: "Examples/Regression"),
    .executableTarget(
      name: "ExampleSeries", dependencies: ["Downhill"], path: "Examples/Series"),
    .executableTarget(name: "ExampleText", dependencies: ["Downhill"], path: "Examples/Text"),

    // Measures trials that run side by side: see Benchmarks/README.md.
    .executableTarget(
      name: "BenchmarkTrials", dependencies: ["Downhill", "Treatment", "Engine", "CaseFile"],
      path: "Benchmarks/Trials"),

    // Gives damaged files to the readers: see docs/fuzzing.md.
    .executableTarget(
      name: "FuzzReaders",
      dependencies: [
        "KerasFiles", "Datasets", "Archives", "Images", "Logs", "FileAccess", "CaseFile", "JSON",
        "Networks", "Scripts", "Tensors",
      ]),

    // Tests mirror the sources by target and file; TestSupport finds the files that they read.
    .target(
      name: "TestSupport", dependencies: ["JSON", "Engine", "Graphs", "Tensors"],
      path: "Tests/TestSupport"),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(name: "CaseFileTests", dependencies: ["CaseFile", "JSON"]),
    .testTarget(name: "FileAccessTests", dependencies: ["FileAccess", "CDigests", "JSON"]),
    .testTarget(
      name: "ArchivesTests", dependencies: ["Archives", "FileAccess", "TestSupport"]),
    .testTarget(
      name: "ImagesTests", dependencies: ["Images", "FileAccess", "JSON", "Tensors", "TestSupport"]),
    .testTarget(
      name: "LogsTests", dependencies: ["Logs", "FileAccess", "CaseFile", "JSON", "TestSupport"]),
    .testTarget(name: "GraphsTests", dependencies: ["Graphs", "Tensors", "Engine", "TestSupport"]),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Graphs", "Tensors", "TestSupport"]),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Networks", "Training", "Engine", "Graphs", "Tensors", "JSON", "TestSupport"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "Networks", "Engine", "Graphs", "Tensors", "CaseFile", "JSON", "TestSupport",
      ]),
    .testTarget(
      name: "KerasFilesTests",
      dependencies: [
        "KerasFiles", "Networks", "Training", "Archives", "FileAccess", "Tensors", "CaseFile",
        "JSON", "TestSupport",
      ]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "Datasets", "Tensors", "Archives", "FileAccess", "CaseFile", "JSON", "TestSupport",
      ]),
    .testTarget(
      name: "CapturesTests",
      dependencies: [
        "Captures", "KerasFiles", "Datasets", "FileAccess", "CaseFile", "JSON", "TestSupport",
      ]),
    .testTarget(
      name: "ScriptsTests",
      dependencies: ["Scripts", "FileAccess", "CaseFile", "JSON", "TestSupport"]),
    .testTarget(
      name: "RecordingTests", dependencies: ["Recording", "FileAccess", "TestSupport"]),
    .testTarget(
      name: "DiagnosisTests", dependencies: ["Diagnosis", "CaseFile", "JSON", "TestSupport"]),
    .testTarget(
      name: "TreatmentTests",
      dependencies: [
        "Treatment", "Captures", "Diagnosis", "Training", "Networks", "Engine", "Graphs", "Tensors",
        "KerasFiles", "Datasets", "CaseFile", "JSON", "TestSupport",
      ]),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts", "TestSupport"], exclude: ["Snapshots"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Charts", "Diagnosis", "CaseFile", "JSON", "TestSupport"],
      exclude: ["Snapshots", "Schemas"]),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "History", "CaseFile", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "History", "CaseFile", "TestSupport"]),
    .testTarget(
      name: "DownhillTests",
      dependencies: [
        "Downhill", "Networks", "Scripts", "Archives", "FileAccess", "CaseFile", "Tensors", "JSON",
        "TestSupport",
      ]),
    .testTarget(
      name: "CommandLineToolTests", dependencies: ["KerasFiles", "Archives", "JSON", "TestSupport"]),
  ]
)

for target in package.targets
where target.type != .system && !["CKernels", "CDigests"].contains(target.name) {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
