namespace PnnEdge.Twins.Torch.Tests;

/// <summary>Tests that read the whole process's memory: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone in the process";
}
