using PnnEdge.Conformance;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Systems;

public sealed class EchoOnAPiConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(
        PiSystem.OpenSimulated(TestRigs.Echo, new EchoBench(), ShotShape.Throughout(16), TimeProvider.System));
}

public sealed class CircuitOnAPiConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(
        PiSystem.OpenSimulated(PiRig.Load("circuit"), new CircuitBench(new CircuitBenchOptions { Seed = 11, Threads = 1 }), ShotShape.Throughout(24), TimeProvider.System));
}

/// <summary>Loop and watchdog on threads of their own, on the host's time.</summary>
[Collection(RealTime.Name)]
public sealed class EchoOnAPisThreadsConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(RealTimePi.Open(ShotShape.Throughout(2)).System);
}
