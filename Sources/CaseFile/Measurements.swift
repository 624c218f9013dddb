/// What probes and the re-run of the user's program measured, all from the initial weights.
public struct Measurements: Codable, Hashable, Sendable {
  /// The user's run, repeated by the engine; one entry a seed, the first with the user's order.
  public var baseline: [Outcome]
  /// The loss of the best constant prediction on the training targets: what a model must beat.
  public var trivialLoss: Double?
  /// The lowest loss that any prediction can reach: the entropy of soft targets, else 0.
  public var lossFloor: Double
  /// The loss before the first step without penalties.
  public var initialLoss: Double?
  /// The penalties (L1, L2) before the first step.
  public var initialPenalty: Double?
  /// The curvature of the loss before the first step and the rate that it allows.
  public var curvature: Curvature?
  /// Losses reached by a range of learning rates on a short run.
  public var rates: [RateProbe]
  /// Median over the weight matrices of ‖Δw‖ / ‖w‖ for one step; about 1e-3 in healthy training.
  public var updateRatio: Double?
  /// ‖Δw‖ / ‖w‖ of one step by layer, over its weight matrices; `nil` if it was not measured.
  public var layerUpdateRatios: [String: Double]?
  /// What the layers show before the first step, in the order of the model.
  public var signals: [LayerSignals]
  /// The user's run on shuffled labels; `nil` if it was not made.
  public var shuffledLabels: Outcome?
  /// The share of output units that give the same value on every row before the first step.
  public var pinnedOutputShare: Double?
  /// The same after the baseline run.
  public var pinnedOutputShareAfter: Double?
  /// What the layers show after the baseline run, in the order of the model.
  public var trainedSignals: [LayerSignals]
  /// What out-of-fold predictions say of the labels; `nil` if none were made.
  public var labelAudit: LabelAudit?
  /// The losses of single rows after the baseline run; `nil` if they were not measured.
  public var rowLosses: RowLosses?
  /// The loss of the first step, penalties and all, over every row that the user's program trained on:
  /// what its first epoch must show where that is a single step.
  public var firstStepLoss: Double?
  /// Where the first number that is not finite arises in the baseline run; `nil` if none does.
  public var nonFinite: NonFiniteOrigin?
  /// How many rows a batch must have before the spread of its gradient is as small as the gradient
  /// itself: tr(Σ) / |G|²; `nil` if it was not measured.
  public var gradientNoiseScale: Double?
  /// What the model comes to on a single batch that it sees again and again, with Adam: whether it can
  /// learn a few rows by heart.
  public var oneBatch: Outcome?
  /// The loss of the trained model on training rows whose features are all 0.
  public var zeroedInputsLoss: Double?
  /// What the run comes to on half of its training rows; `nil` if it was not made.
  public var halfOfTheRows: Outcome?

  /// Measurements of which none was made yet.
  public init() {
    (baseline, rates, signals, trainedSignals, lossFloor) = ([], [], [], [], 0)
  }
}

/// What one training run came to.
public struct Outcome: Codable, Hashable, Sendable {
  /// The seed of batch order, dropout and fresh weights.
  public var seed: Int
  /// One value an epoch for each series.
  public var history: [String: [Double]]
  /// The loss on the training rows without penalties, evaluated with the final weights.
  public var trainingLoss: Double
  /// The same on held-out rows; `nil` if there are none.
  public var heldOutLoss: Double?
  /// The accuracy on held-out rows (training rows without them), for classification.
  public var accuracy: Double?
  /// How much of what the best constant prediction leaves open the run explained on the training
  /// rows: (trivial − loss) / (trivial − floor); 1 is perfect, 0 no better than a constant, below 0
  /// worse. Comparable between runs whose losses or target scales differ. NaN for a diverged run.
  public var skill: Double
  /// The same on held-out rows; `nil` if there are none.
  public var heldOutSkill: Double?
  /// For classes of very different frequency: the share explained when every class counts the same,
  /// on held-out rows where all classes occur there; else `nil`.
  public var balancedSkill: Double?
  /// Whether the run was cut short because its outcome was settled (NaN, explosion).
  public var isCutShort: Bool

  /// What one training run came to.
  public init(
    seed: Int, history: [String: [Double]], trainingLoss: Double, heldOutLoss: Double? = nil,
    accuracy: Double? = nil, skill: Double, heldOutSkill: Double? = nil,
    balancedSkill: Double? = nil, isCutShort: Bool = false
  ) {
    self.seed = seed
    self.history = history
    self.trainingLoss = trainingLoss
    self.heldOutLoss = heldOutLoss
    self.accuracy = accuracy
    self.skill = skill
    self.heldOutSkill = heldOutSkill
    self.balancedSkill = balancedSkill
    self.isCutShort = isCutShort
  }

  /// Whether every loss is a finite number.
  public var isFinite: Bool {
    trainingLoss.isFinite && (history["loss"] ?? []).allSatisfy(\.isFinite)
  }
}

/// The curvature of the loss and what follows for the learning rate.
public struct Curvature: Codable, Hashable, Sendable {
  /// The largest eigenvalue λ of the Hessian of the whole loss.
  public var largestEigenvalue: Double
  /// The largest eigenvalue in the metric of the optimizer: for Adam and RMSprop of D⁻¹H with D the
  /// square root of the second moments, else the same as ``largestEigenvalue``.
  public var preconditionedEigenvalue: Double
  /// The largest stable rate: 2/λ, with momentum β 2(1+β)/λ; for Adam (2+2β₁)/(1−β₁)/λ(D⁻¹H).
  public var stabilityLimit: Double
  /// The user's rate at the first step.
  public var rate: Double
  /// How many rows it was measured on.
  public var rows: Int

  /// A curvature.
  public init(
    largestEigenvalue: Double, preconditionedEigenvalue: Double, stabilityLimit: Double,
    rate: Double, rows: Int
  ) {
    self.largestEigenvalue = largestEigenvalue
    self.preconditionedEigenvalue = preconditionedEigenvalue
    self.stabilityLimit = stabilityLimit
    self.rate = rate
    self.rows = rows
  }
}

/// The loss that one learning rate reached on a short run.
public struct RateProbe: Codable, Hashable, Sendable {
  /// The learning rate.
  public var rate: Double
  /// The loss without penalties at the end of the short run; infinite if it diverged.
  public var loss: Double

  /// The loss that one learning rate reached.
  public init(rate: Double, loss: Double) {
    self.rate = rate
    self.loss = loss
  }
}

/// What one layer shows on a batch.
public struct LayerSignals: Codable, Hashable, Sendable {
  /// The layer's name.
  public var layer: String
  /// The norm of the gradient of its weights; `nil` for a layer without.
  public var gradientNorm: Double?
  /// The standard deviation of its outputs.
  public var outputDeviation: Double
  /// For activations with a flat side: the share of units that give the same value on every row.
  public var deadShare: Double
  /// For bounded activations: the share of outputs within 1 % of the range from either bound.
  public var saturatedShare: Double

  /// What one layer shows.
  public init(
    layer: String, gradientNorm: Double?, outputDeviation: Double, deadShare: Double,
    saturatedShare: Double
  ) {
    self.layer = layer
    self.gradientNorm = gradientNorm
    self.outputDeviation = outputDeviation
    self.deadShare = deadShare
    self.saturatedShare = saturatedShare
  }
}
