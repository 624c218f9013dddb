import CKernels
import Graphs

/// A plan together with its memory.
final class CPUExecutable: Executable {
  private let plan: Plan
  private let team: ThreadTeam
  private let instructions: UnsafeMutableBufferPointer<dh_instruction>
  private let floats: UnsafeMutablePointer<Float>
  private let scratch: UnsafeMutablePointer<Float>
  private var context = dh_context()

  init(_ plan: Plan, team: ThreadTeam, kernels: CPUBackend.Kernels) {
    self.plan = plan
    self.team = team
    instructions = .allocate(capacity: plan.list.instructions.count)
    _ = instructions.initialize(from: plan.list.instructions)
    // A vector beyond the end, which the last part of an array may touch.
    let arenaCount = plan.arenaCount + ArenaLayout.alignment
    let counts = plan.list.scratchCounts
    let shared = ArenaLayout.aligned(counts.shared) + ArenaLayout.alignment
    // Threads that write to neighbouring memory would take the cache's lines from each other.
    let own = ArenaLayout.aligned(counts.own) + ArenaLayout.alignment
    floats = AlignedMemory.zeros(arenaCount)
    scratch = AlignedMemory.zeros(shared + own * team.threads)
    context.bases.0 = floats
    context.team = team.team
    context.most_kernels = Int64(kernels.rawValue)
    context.scratch = scratch
    context.own_scratch = context.scratch + shared
    context.own_scratch_size = own
    for constant in plan.constants {
      for place in constant.range { floats[place] = constant.value }
    }
  }

  deinit {
    instructions.deallocate()
    floats.deallocate()
    scratch.deallocate()
  }

  func input(_ number: Int) -> UnsafeMutableBufferPointer<Float> {
    let range = plan.inputs[number]
    return UnsafeMutableBufferPointer(start: floats + range.lowerBound, count: range.count)
  }

  func output(_ number: Int) -> UnsafeBufferPointer<Float> {
    let range = plan.outputs[number]
    return UnsafeBufferPointer(start: floats + range.lowerBound, count: range.count)
  }

  func run(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>?, seed: UInt64,
    step: UInt64
  ) {
    precondition(
      gradients != nil || plan.flow.program.gradients.isEmpty, "no memory for the gradients")
    context.bases.1 = parameters
    context.bases.2 = gradients
    context.seed = seed
    context.step = step
    dh_run(instructions.baseAddress, instructions.count, &context)
  }
}
