namespace PnnEdge.RaspberryPi.Tests.Support;

/// <summary>Tests on the host's time, which have the processor to themselves as far as this project goes.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealTime
{
    public const string Name = "real time";
}
