using PnnEdge.Conformance;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Systems;

public class TableOverScpiConformance : PhysicalSystemConformance
{
    private protected virtual OpticalRig Rig => TableOnSocket.Rig;

    protected override async Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation)
    {
        var table = new TableOnSocket(rig: Rig);
        return new WithTable(await table.OpenAsync(cancellation: cancellation), table);
    }

    /// <summary>Ends the table with the system.</summary>
    private sealed class WithTable(OpticalSystem system, TableOnSocket table) : IPhysicalSystem
    {
        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation) => system.RunAsync(stimulus, cancellation);

        public async ValueTask DisposeAsync()
        {
            await system.DisposeAsync();
            Assert.False(table.Table.IsShutterOpen);
            await table.DisposeAsync();
        }
    }
}

public sealed class DmdTableOverScpiConformance : TableOverScpiConformance
{
    private protected override OpticalRig Rig => TableOnSocket.DmdRig;
}

public sealed class DirectTableConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) =>
        Task.FromResult<IPhysicalSystem>(new DirectTable(TableOnSocket.Rig, TableOnSocket.NewTable(), TableOnSocket.Serial));
}
