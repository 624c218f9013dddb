// One import for a Swift program that builds, trains, reads and diagnoses Keras models.
@_exported public import CaseFile
@_exported public import Datasets
@_exported public import Diagnosis
@_exported public import FileAccess
@_exported public import JSON
@_exported public import KerasFiles
@_exported public import Networks
@_exported public import Reports
@_exported public import Scripts
@_exported public import Tensors
@_exported public import Training
@_exported public import Treatment
