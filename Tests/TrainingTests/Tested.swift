import Engine

/// The backend that the tests of this target train on.
let testedBackend: any Backend = CPUBackend()
