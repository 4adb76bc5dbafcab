using PnnEdge.Conformance;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Torch.Tests.Engines;

public sealed class ManagedEngineConformance : TwinConformance
{
    protected override ITrainableTwin Open(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators) =>
        new MlpTwin(scale, hiddenWidths, seed, actuators);
}

public sealed class TorchEngineConformance : TwinConformance
{
    protected override ITrainableTwin Open(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators)
    {
        TorchHere.Require();
        return new TorchMlpTwin(scale, hiddenWidths, seed, actuators);
    }
}
