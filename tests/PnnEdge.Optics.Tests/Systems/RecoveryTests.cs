using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Systems;

/// <summary>Connections that break, by function call: after so many bytes the peer is gone, and a new connection is another session of the same table.</summary>
public sealed class RecoveryTests
{
    private static readonly OpticalRig Rig = TableOnSocket.Rig with { Health = TableOnSocket.Rig.Health with { DarkExposures = 2, ReferenceExposures = 2 } };

    /// <summary>Who is there, shutter, queue, shutter, exposure, averages, errors: seven messages prepare the rig.</summary>
    private const int FirstAfterPreparation = 7;

    private readonly SimulatedTable _table = TableOnSocket.NewTable();
    private readonly List<string> _said = [];
    private int _connections;

    [Fact]
    public async Task A_connection_that_breaks_anywhere_is_made_anew_and_not_a_bit_changes()
    {
        await using var direct = new DirectTable(Rig, TableOnSocket.NewTable(), TableOnSocket.Serial);
        Stimulus stimulus = TableOnSocket.Shots(3, first: 40);
        float[] expected = (await direct.RunAsync(stimulus, CancellationToken.None)).Volts;
        int broken = 0;
        for (int messages = FirstAfterPreparation; messages < 80; messages++)
        {
            (_connections, int life) = (0, messages);
            await using (OpticalSystem system = await OpenAsync(connection => connection == 1 ? life : int.MaxValue))
            {
                Measurement measured = await system.RunAsync(stimulus, CancellationToken.None);
                Assert.Equal(expected, measured.Volts);
                Assert.Equal(_connections - 1, system.Usage.FramesRetried);
                broken += _connections - 1;
            }

            Assert.False(_table.IsShutterOpen);
        }

        Assert.InRange(broken, 30, 69); // the longest lives end after the work
    }

    [Fact]
    public async Task A_connection_that_breaks_while_the_rig_is_prepared_ends_in_one_sentence_with_the_shutter_closed()
    {
        for (int messages = 0; messages < FirstAfterPreparation; messages++)
        {
            (_connections, int life) = (0, messages);
            await Assert.ThrowsAsync<PhysicalSystemException>(() => OpenAsync(connection => connection == 1 ? life : int.MaxValue));
            Assert.False(_table.IsShutterOpen);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_ends_in_one_sentence()
    {
        await using OpticalSystem system = await OpenAsync(connection => connection == 1 ? 70 : connection < 7 ? 5 : int.MaxValue);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(async () =>
        {
            for (int call = 0; call < 50; call++) { await system.RunAsync(TableOnSocket.Shots(1), CancellationToken.None); }
        });
        Assert.StartsWith("The instrument at scpi://table:5025 did not answer", told.Message, StringComparison.Ordinal);
        Assert.Contains(_said, sentence => sentence.EndsWith("Connecting again.", StringComparison.Ordinal));
        Assert.False(_table.IsShutterOpen);
    }

    [Fact]
    public async Task Another_instrument_behind_the_same_address_is_not_taken_for_the_first()
    {
        await using OpticalSystem system = await OpenAsync(connection => connection == 1 ? 70 : int.MaxValue, serialOf: connection => connection == 1 ? 7u : connection == 2 ? 8u : 7u);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(async () =>
        {
            for (int call = 0; call < 50; call++) { await system.RunAsync(TableOnSocket.Shots(1), CancellationToken.None); }
        });
        Assert.Equal(
            "The instrument at scpi://table:5025 was 'PnnEdge,Optical table,7,0.1' and is 'PnnEdge,Optical table,8,0.1' now; another instrument has taken its place.", told.Message);
    }

    /// <param name="messagesOf">From a connection's number, counted from 1: how many messages it lives.</param>
    private async Task<OpticalSystem> OpenAsync(Func<int, int> messagesOf, Func<int, uint>? serialOf = null)
    {
        Task<Stream> Dial(CancellationToken cancellation)
        {
            int left = messagesOf(++_connections);
            var session = new TableSession(TableOnSocket.NewCommands(_table, serial: serialOf?.Invoke(_connections) ?? TableOnSocket.Serial));
            return Task.FromResult<Stream>(new PeerStream(sent =>
            {
                if (left-- > 0) { return session.Receive(sent); }
                session.End();
                return [];
            }));
        }

        var link = new RigLink(Rig, new ScpiAddress("table", 5025), address => new ScpiConnection(address.ToString(), Dial, TimeSpan.FromSeconds(20), TimeProvider.System));
        return await OpticalSystem.OpenAsync(Rig, link, TimeProvider.System, _said.Add, CancellationToken.None);
    }
}
