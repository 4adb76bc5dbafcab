using System.Text;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.Optics.Tests.Systems;

/// <summary>A host that hangs renews nothing: the shutter falls closed by itself, and what was read in the dark is no data. The table's time is the test's.</summary>
public sealed class ShutterHoldTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(10.1); // than the ten seconds of the table's rig
    private static readonly TimeSpan Shorter = TimeSpan.FromSeconds(9.9);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_shutter_falls_closed_when_the_host_has_been_silent_for_the_hold_and_the_table_says_so()
    {
        await using var table = new TableOnSocket(time: _time);
        await using OpticalSystem system = await table.OpenAsync(time: _time);
        await system.RunAsync(TableOnSocket.Shots(1), Never);
        _time.Advance(Shorter);
        Assert.True(table.Table.IsShutterOpen);
        _time.Advance(Longer - Shorter);
        Assert.False(table.Table.IsShutterOpen);
        Assert.Equal(["The shutter was not renewed within 10 s and has closed."], table.Said);
    }

    [Fact]
    public async Task Every_batch_renews_the_hold()
    {
        await using var table = new TableOnSocket(time: _time);
        await using OpticalSystem system = await table.OpenAsync(time: _time);
        for (ulong batch = 0; batch < 5; batch++)
        {
            _time.Advance(Shorter);
            await system.RunAsync(TableOnSocket.Shots(1, first: batch), Never);
        }

        Assert.Empty(table.Said);
    }

    [Fact]
    public async Task Batches_with_longer_pauses_between_them_have_the_bits_of_batches_without()
    {
        await using var table = new TableOnSocket(time: _time);
        await using OpticalSystem system = await table.OpenAsync(time: _time);
        await using var direct = new DirectTable(TableOnSocket.Rig, TableOnSocket.NewTable(), TableOnSocket.Serial);
        for (ulong first = 0; first < 400; first += 100)
        {
            Stimulus stimulus = TableOnSocket.Shots(100, first);
            Assert.Equal((await direct.RunAsync(stimulus, Never)).Volts, (await system.RunAsync(stimulus, Never)).Volts);
            _time.Advance(Longer);
            Assert.False(table.Table.IsShutterOpen);
        }

        Assert.Equal(4, table.Said.Count);
    }

    [Fact]
    public async Task A_laser_that_left_its_limits_while_the_shutter_had_fallen_closed_keeps_it_closed()
    {
        await using var table = new TableOnSocket(["opt.power=1.7@5000"], time: _time);
        await using OpticalSystem system = await table.OpenAsync(time: _time);
        _time.Advance(Longer);
        table.Table.NextShot = 5000;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(1, 5000), Never));
        Assert.EndsWith("mW; the rig is for 50 to 150 mW.", told.Message, StringComparison.Ordinal);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Theory]
    [InlineData("SHAP:FRAM")]
    [InlineData("SIM:SHOT")]
    [InlineData("INIT")]
    [InlineData("FETC:SPEC?")] // measured with light, which the host cannot know
    public async Task A_host_that_stops_in_the_middle_of_a_batch_leaves_a_closed_shutter_and_reads_the_same_bits_when_it_goes_on(string before)
    {
        SimulatedTable table = TableOnSocket.NewTable();
        bool isToStop = false;
        await using OpticalSystem system = await OpenAsync(table, Rig(), message =>
        {
            if (!isToStop || !message.StartsWith(before, StringComparison.Ordinal)) { return; }
            isToStop = false;
            Assert.True(table.IsShutterOpen);
            _time.Advance(Longer);
            Assert.False(table.IsShutterOpen);
        });
        isToStop = true;
        await using var direct = new DirectTable(Rig(), TableOnSocket.NewTable(), TableOnSocket.Serial);
        Stimulus stimulus = TableOnSocket.Shots(150, first: 7);
        float[] expected = (await direct.RunAsync(stimulus, Never)).Volts;
        Measurement measured = await system.RunAsync(stimulus, Never);
        Assert.False(isToStop);
        Assert.Equal(expected, measured.Volts);
        Assert.True(table.IsShutterOpen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    public async Task A_shutter_that_somebody_else_closed_is_not_opened_again(double? holdSeconds)
    {
        SimulatedTable table = TableOnSocket.NewTable();
        bool isDoorToOpen = false;
        await using OpticalSystem system = await OpenAsync(table, Rig(holdSeconds), message =>
        {
            if (isDoorToOpen && message.StartsWith("INIT", StringComparison.Ordinal)) { table.IsShutterOpen = isDoorToOpen = false; }
        });
        isDoorToOpen = true;
        _time.Advance(Shorter);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(3), Never));
        Assert.StartsWith("The shutter has closed, and not for want of a command from here;", told.Message, StringComparison.Ordinal);
        Assert.False(table.IsShutterOpen);
    }

    [Fact]
    public async Task A_measurement_that_takes_longer_than_the_hold_ends_in_one_sentence_with_the_shutter_closed()
    {
        SimulatedTable table = TableOnSocket.NewTable();
        bool isSlow = false;
        await using OpticalSystem system = await OpenAsync(table, Rig(), message =>
        {
            if (isSlow && message.StartsWith("INIT", StringComparison.Ordinal)) { _time.Advance(Longer); }
        });
        isSlow = true;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(3), Never));
        Assert.Equal("The shutter closed by itself in each of 3 measurements of 3 frames; choose a hold_seconds that is longer than one measurement.", told.Message);
        Assert.False(table.IsShutterOpen);
    }

    [Fact]
    public async Task A_hold_of_0_keeps_the_shutter_open()
    {
        SimulatedTable table = TableOnSocket.NewTable();
        await using OpticalSystem system = await OpenAsync(table, Rig(holdSeconds: 0), _ => { });
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(table.IsShutterOpen);
    }

    [Fact]
    public void A_hold_that_the_laser_s_dialect_has_no_command_for_is_refused()
    {
        OpticalRig rig = Rig(holdSeconds: 5);
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => LinkOf(rig with { Laser = rig.Laser with { Dialect = "yokogawa-aq6374" } }, _ => []));
        Assert.Equal("Rig optical-table asks for hold_seconds 5; its laser's dialect yokogawa-aq6374 has no command for ShutterHold, so nothing would close the shutter then.", told.Message);
    }

    [Fact]
    public async Task A_shutter_that_takes_another_hold_than_it_was_told_is_not_opened()
    {
        SimulatedTable table = TableOnSocket.NewTable();
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => OpenAsync(table, Rig(), _ => { }, message => message.StartsWith("SHUT:TIM 10", StringComparison.Ordinal) ? "SHUT:TIM 255\n" : message));
        Assert.Equal("The shutter was told to close by itself after 10 s and says 255 s; choose a hold_seconds that it takes.", told.Message);
        Assert.False(table.IsShutterOpen);
    }

    private static OpticalRig Rig(double? holdSeconds = null)
    {
        OpticalRig rig = TableOnSocket.Rig;
        return rig with { Laser = rig.Laser with { HoldSeconds = holdSeconds }, Health = rig.Health with { ReferenceExposures = 2 } };
    }

    /// <param name="before">Called with every message before the table hears it.</param>
    /// <param name="heard">From what was said to what the table hears; null for the same.</param>
    private async Task<OpticalSystem> OpenAsync(SimulatedTable table, OpticalRig rig, Action<string> before, Func<string, string>? heard = null)
    {
        var session = new TableSession(TableOnSocket.NewCommands(table, time: _time));
        RigLink link = LinkOf(rig, sent =>
        {
            string message = Encoding.Latin1.GetString(sent);
            before(message);
            return session.Receive(Encoding.Latin1.GetBytes(heard?.Invoke(message) ?? message));
        });
        return await OpticalSystem.OpenAsync(rig, link, _time, _ => { }, Never);
    }

    private static RigLink LinkOf(OpticalRig rig, Func<byte[], byte[]> peer) => new(
        rig,
        new ScpiAddress("table", 5025),
        address => new ScpiConnection(address.ToString(), _ => Task.FromResult<Stream>(new PeerStream(peer)), TimeSpan.FromSeconds(20), TimeProvider.System));
}
