using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Systems;

public sealed class SafetyTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData("table", "opt.dark@1500", "The dark level of bin ")]
    [InlineData("table", "opt.power@1500", "The laser's power has changed by -")]
    [InlineData("table", "opt.phase@1500", "The reference spectrum's shape has moved by ")]
    [InlineData("table-dmd", "opt.dark@1500", "The dark level of bin ")]
    [InlineData("table-dmd", "opt.power@1500", "The laser's power has changed by -")]
    [InlineData("table-dmd", "opt.phase@1500", "The reference spectrum's shape has moved by ")]
    public async Task A_fault_between_two_looks_closes_the_shutter_and_says_what_it_is(string rig, string fault, string sentence)
    {
        await using var table = new TableOnSocket([fault], rig: OpticalRig.Load(rig));
        await using OpticalSystem system = await table.OpenAsync(Looking(everyShots: 500, rig));
        await system.RunAsync(TableOnSocket.Shots(500, first: 0), Never);
        await system.RunAsync(TableOnSocket.Shots(500, first: 500), Never); // a look from shot 500 on: nothing yet
        Assert.True(table.Table.IsShutterOpen);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(1, first: 2000), Never));
        Assert.StartsWith(sentence, told.Message, StringComparison.Ordinal);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task A_fault_that_begins_between_a_look_s_dark_frame_and_its_reference_goes_by_its_own_name()
    {
        await using var table = new TableOnSocket(["opt.dark@1100"]); // dark frames are shots 1000 to 1063, the reference 1000 to 1511
        await using OpticalSystem system = await table.OpenAsync(Looking(everyShots: 500, "table"));
        await system.RunAsync(TableOnSocket.Shots(500, first: 0), Never);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(1, first: 1000), Never));
        Assert.StartsWith("The dark level of bin ", told.Message, StringComparison.Ordinal);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("table-dmd")]
    public async Task A_rig_with_noise_and_drift_and_no_fault_stays_the_same_over_an_hour(string rig)
    {
        await using var table = new TableOnSocket(rig: OpticalRig.Load(rig));
        await using OpticalSystem system = await table.OpenAsync(Looking(everyShots: 1, rig));
        for (ulong shot = 0; shot < 360_000; shot += 10_000) { await system.RunAsync(TableOnSocket.Shots(1, shot), Never); }
        Assert.Equal(36, system.Usage.Passes);
    }

    [Fact]
    public async Task A_laser_outside_its_limits_keeps_the_shutter_closed()
    {
        await using var table = new TableOnSocket(["opt.power=0.4"]);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => table.OpenAsync());
        Assert.StartsWith("The laser gives 39.9", told.Message, StringComparison.Ordinal);
        Assert.EndsWith("mW; the rig is for 50 to 150 mW.", told.Message, StringComparison.Ordinal);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task A_laser_that_leaves_its_limits_between_two_calls_closes_the_shutter()
    {
        await using var table = new TableOnSocket(["opt.power=1.7@5000"]);
        await using OpticalSystem system = await table.OpenAsync();
        await system.RunAsync(TableOnSocket.Shots(100), Never);
        table.Table.NextShot = 5000;
        await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(TableOnSocket.Shots(1, 5000), Never));
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task An_open_shutter_is_closed_before_anything_else()
    {
        await using var table = new TableOnSocket();
        table.Table.IsShutterOpen = true;
        OpticalRig rig = TableOnSocket.Rig;
        await Assert.ThrowsAsync<PhysicalSystemException>(() => table.OpenAsync(rig with { Spectrometer = rig.Spectrometer with { Averages = 5000 } })); // fails at once
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task An_instrument_s_refusal_is_a_sentence_and_closes_the_shutter()
    {
        await using var table = new TableOnSocket();
        OpticalRig rig = TableOnSocket.Rig;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => table.OpenAsync(rig with { Shaper = rig.Shaper with { PhaseRad = [1.5] } }));
        Assert.Equal(
            $"The instrument at {table.Address} refused a frame or its measurement: -222, Data out of range: frame 0 has a phase on channel 0 that is neither 0 nor pi.", told.Message);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task A_cancelled_run_closes_the_shutter_and_the_next_one_opens_it_again()
    {
        await using var table = new TableOnSocket();
        await using OpticalSystem system = await table.OpenAsync();
        Stimulus stimulus = TableOnSocket.Shots(5000, first: 100_000);
        using var cancel = new CancellationTokenSource();
        Task<Measurement> running = Task.Run(() => system.RunAsync(stimulus, cancel.Token), Never);
        while (table.Table.NextShot < 100_064) { await Task.Yield(); }
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(table.Table.IsShutterOpen);
        Measurement measured = await system.RunAsync(TableOnSocket.Shots(3), Never);
        Assert.True(table.Table.IsShutterOpen);
        Assert.True(measured.Volts.Max() > 0.1f);
    }

    [Fact]
    public async Task Disposing_closes_the_shutter()
    {
        await using var table = new TableOnSocket();
        OpticalSystem system = await table.OpenAsync();
        Assert.True(table.Table.IsShutterOpen);
        await system.DisposeAsync();
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task Where_nobody_listens_one_sentence_says_so()
    {
        var table = new TableOnSocket();
        await table.DisposeAsync();
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => table.OpenAsync());
        Assert.StartsWith($"The instrument at {table.Address} did not take the connection: ", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_instrument_than_the_dialect_s_is_refused_by_name()
    {
        await using var table = new TableOnSocket();
        OpticalRig rig = TableOnSocket.Rig;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => table.OpenAsync(rig with { Laser = rig.Laser with { MonitorDialect = "thorlabs-pm100d" } }));
        Assert.Equal($"The power monitor at {table.Address} is 'PnnEdge,Optical table,7,0.1'; dialect thorlabs-pm100d is for 'Thorlabs,PM100'.", told.Message);
    }

    [Fact]
    public async Task Saturated_pixels_are_counted_and_read_as_the_range_s_end()
    {
        List<string> said = [];
        await using var table = new TableOnSocket();
        await using OpticalSystem system = await table.OpenAsync(progress: said.Add);
        long before = system.SaturatedPixels;
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(1f, 100)], []), Never);
        int atTheEnd = measured.Volts.Count(volts => volts > 1.27f); // 65535 counts less the pedestal, at 20 µV
        Assert.True(atTheEnd > 5);
        Assert.Equal(atTheEnd, system.SaturatedPixels - before);
        Assert.Empty(said);
        await system.DisposeAsync();
        Assert.Equal(
            [$"optical-table#7 read a pixel at its detector's end {system.SaturatedPixels} times, which hides how bright it was; choose a shorter exposure (spectrometer: integration_seconds in the rig's file)."], said);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Nothing_is_said_of_saturation_where_there_was_none(int averages)
    {
        List<string> said = [];
        OpticalRig rig = TableOnSocket.Rig;
        await using var table = new TableOnSocket();
        OpticalSystem system = await table.OpenAsync(rig with { Spectrometer = rig.Spectrometer with { Averages = averages } }, said.Add);
        await system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(0.1f, 100)], []), Never);
        await system.DisposeAsync();
        Assert.Equal(0, system.SaturatedPixels);
        Assert.Empty(said);
    }

    private static OpticalRig Looking(int everyShots, string name)
    {
        var rig = OpticalRig.Load(name);
        return rig with { Health = rig.Health with { EveryShots = everyShots } };
    }
}
