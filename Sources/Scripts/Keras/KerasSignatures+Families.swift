// Renewed with `python -m making.signatures` in Tests/Goldens.
extension KerasSignatures {
  /// Optimizers, losses and what else is no layer, by family: the classes of Keras 3.15.
  package static let families = [
    "optimizers": table(
      """
      Adadelta: learning_rate rho epsilon weight_decay clipnorm clipvalue global_clipnorm \
        use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Adafactor: learning_rate beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step \
        weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum \
        ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps name
      Adagrad: learning_rate initial_accumulator_value epsilon weight_decay clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Adam: learning_rate beta_1 beta_2 epsilon amsgrad weight_decay clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      AdamW: learning_rate weight_decay beta_1 beta_2 epsilon amsgrad clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Adamax: learning_rate beta_1 beta_2 epsilon weight_decay clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Ftrl: learning_rate learning_rate_power initial_accumulator_value \
        l1_regularization_strength l2_regularization_strength \
        l2_shrinkage_regularization_strength beta weight_decay clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Lamb: learning_rate beta_1 beta_2 epsilon weight_decay clipnorm clipvalue global_clipnorm \
        use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      Lion: learning_rate beta_1 beta_2 weight_decay clipnorm clipvalue global_clipnorm use_ema \
        ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps name
      LossScaleOptimizer: inner_optimizer initial_scale dynamic_growth_steps name
      MultiOptimizer: optimizer_map loss_scale_factor name
      Muon: learning_rate adam_beta_1 adam_beta_2 adam_weight_decay epsilon weight_decay \
        clipnorm clipvalue global_clipnorm use_ema ema_momentum ema_overwrite_frequency \
        loss_scale_factor gradient_accumulation_steps name exclude_layers exclude_embeddings \
        muon_a muon_b muon_c adam_lr_ratio momentum ns_steps nesterov rms_rate
      Nadam: learning_rate beta_1 beta_2 epsilon weight_decay clipnorm clipvalue global_clipnorm \
        use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      RMSprop: learning_rate rho momentum epsilon centered weight_decay clipnorm clipvalue \
        global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      SGD: learning_rate momentum nesterov weight_decay clipnorm clipvalue global_clipnorm \
        use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      ScheduleFreeAdamW: learning_rate beta_1 beta_2 epsilon warmup_steps weight_decay clipnorm \
        clipvalue global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor \
        gradient_accumulation_steps name
      """),
    "optimizers.schedules": table(
      """
      CosineDecay: initial_learning_rate decay_steps alpha name warmup_target warmup_steps
      CosineDecayRestarts: initial_learning_rate first_decay_steps t_mul m_mul alpha name
      ExponentialDecay: initial_learning_rate decay_steps decay_rate staircase name
      InverseTimeDecay: initial_learning_rate decay_steps decay_rate staircase name
      PiecewiseConstantDecay: boundaries values name
      PolynomialDecay: initial_learning_rate decay_steps end_learning_rate power cycle name
      """),
    "losses": table(
      """
      BinaryCrossentropy: from_logits label_smoothing axis reduction name dtype
      BinaryFocalCrossentropy: apply_class_balancing alpha gamma from_logits label_smoothing \
        axis reduction name dtype
      CTC: reduction name dtype
      CategoricalCrossentropy: from_logits label_smoothing axis reduction name dtype
      CategoricalFocalCrossentropy: alpha gamma from_logits label_smoothing axis reduction name \
        dtype
      CategoricalGeneralizedCrossEntropy: q reduction name dtype
      CategoricalHinge: reduction name dtype
      Circle: gamma margin remove_diagonal reduction name dtype
      CosineSimilarity: axis reduction name dtype
      Dice: reduction name axis dtype
      Hinge: reduction name dtype
      Huber: delta reduction name dtype
      KLDivergence: reduction name dtype
      LogCosh: reduction name dtype
      MeanAbsoluteError: reduction name dtype
      MeanAbsolutePercentageError: reduction name dtype
      MeanSquaredError: reduction name dtype
      MeanSquaredLogarithmicError: reduction name dtype
      Poisson: reduction name dtype
      SparseCategoricalCrossentropy: from_logits ignore_class reduction axis name dtype
      SquaredHinge: reduction name dtype
      Tversky: alpha beta reduction name axis dtype
      """),
    "initializers": table(
      """
      Constant: value
      GlorotNormal: seed input_axes output_axes
      GlorotUniform: seed input_axes output_axes
      HeNormal: seed input_axes output_axes
      HeUniform: seed input_axes output_axes
      Identity: gain
      LecunNormal: seed input_axes output_axes
      LecunUniform: seed input_axes output_axes
      Ones:
      Orthogonal: gain seed
      RandomNormal: mean stddev seed
      RandomUniform: minval maxval seed
      STFT: side window scaling periodic
      TruncatedNormal: mean stddev seed
      VarianceScaling: scale mode distribution seed input_axes output_axes
      Zeros:
      """),
    "regularizers": table(
      """
      L1: l1
      L1L2: l1 l2
      L2: l2
      OrthogonalRegularizer: factor mode
      """),
    "constraints": table(
      """
      MaxNorm: max_value axis
      MinMaxNorm: min_value max_value rate axis
      NonNeg:
      UnitNorm: axis
      """),
    "callbacks": table(
      """
      BackupAndRestore: backup_dir save_freq double_checkpoint delete_checkpoint
      CSVLogger: filename separator append
      EarlyStopping: monitor min_delta patience verbose mode baseline restore_best_weights \
        start_from_epoch
      History:
      LambdaCallback: on_epoch_begin on_epoch_end on_train_begin on_train_end \
        on_train_batch_begin on_train_batch_end
      LearningRateScheduler: schedule verbose
      ModelCheckpoint: filepath monitor verbose save_best_only save_weights_only mode save_freq \
        initial_value_threshold
      OrbaxCheckpoint: directory monitor verbose save_best_only mode save_freq \
        initial_value_threshold max_to_keep save_on_background save_weights_only
      ProgbarLogger:
      ReduceLROnPlateau: monitor factor patience verbose mode min_delta cooldown min_lr
      RemoteMonitor: root path field headers send_as_json
      SwapEMAWeights: swap_on_epoch
      TensorBoard: log_dir histogram_freq write_graph write_images write_steps_per_second \
        update_freq profile_batch embeddings_freq embeddings_metadata
      TerminateOnNaN: raise_error
      """),
    "metrics": table(
      """
      AUC: num_thresholds curve summation_method name dtype thresholds multi_label num_labels \
        label_weights from_logits
      Accuracy: name dtype
      BinaryAccuracy: name dtype threshold
      BinaryCrossentropy: name dtype from_logits label_smoothing
      BinaryIoU: target_class_ids threshold name dtype
      CategoricalAccuracy: name dtype
      CategoricalCrossentropy: name dtype from_logits label_smoothing axis
      CategoricalHinge: name dtype
      ConcordanceCorrelation: name dtype axis
      CosineSimilarity: name dtype axis
      F1Score: average threshold name dtype
      FBetaScore: average beta threshold name dtype
      FalseNegatives: thresholds name dtype
      FalsePositives: thresholds name dtype
      Hinge: name dtype
      IoU: num_classes target_class_ids name dtype ignore_class sparse_y_true sparse_y_pred axis
      KLDivergence: name dtype
      LogCoshError: name dtype
      Mean: name dtype
      MeanAbsoluteError: name dtype
      MeanAbsolutePercentageError: name dtype
      MeanIoU: num_classes name dtype ignore_class sparse_y_true sparse_y_pred axis
      MeanMetricWrapper: fn name dtype
      MeanSquaredError: name dtype
      MeanSquaredLogarithmicError: name dtype
      OneHotIoU: num_classes target_class_ids name dtype ignore_class sparse_y_pred axis
      OneHotMeanIoU: num_classes name dtype ignore_class sparse_y_pred axis
      PearsonCorrelation: name dtype axis
      Poisson: name dtype
      Precision: thresholds top_k class_id name dtype
      PrecisionAtRecall: recall num_thresholds class_id name dtype
      R2Score: class_aggregation num_regressors name dtype
      Recall: thresholds top_k class_id name dtype
      RecallAtPrecision: precision num_thresholds class_id name dtype
      RootMeanSquaredError: name dtype
      SensitivityAtSpecificity: specificity num_thresholds class_id name dtype
      SparseCategoricalAccuracy: name dtype
      SparseCategoricalCrossentropy: name dtype from_logits ignore_class axis
      SparseTopKCategoricalAccuracy: k name dtype from_sorted_ids
      SpecificityAtSensitivity: sensitivity num_thresholds class_id name dtype
      SquaredHinge: name dtype
      Sum: name dtype
      TopKCategoricalAccuracy: k name dtype
      TrueNegatives: thresholds name dtype
      TruePositives: thresholds name dtype
      """),
  ]
}
