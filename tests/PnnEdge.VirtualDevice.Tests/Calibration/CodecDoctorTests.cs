using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Tests.Codecs;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.Calibration;

/// <summary>The doctor on a codec board, whose measurements are no words: they are moved between samples first.</summary>
public class CodecDoctorTests
{
    private const float DividerGain = 0.4615f;

    private static CircuitBench Circuit(uint serial) => new(new CircuitBenchOptions { Parameters = CircuitParameters.CodecRate, HasBias = false, Serial = serial, Seed = serial, Threads = 1 });

    private static FunctionBench Plug() => new(0, (drive, _) => DividerGain * drive);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task A_bit_that_both_inputs_lost_is_found_behind_the_circuit(int bit)
    {
        DoctorCheck stuck = (await LookAsync(Circuit(2), 2, ChannelPath.ThroughBench, $"adc.stuck={bit}")).Single(one => one.Check == "stuck");
        Assert.Equal((DoctorVerdict.Wrong, 2.0), (stuck.Verdict, stuck.Measured));
        Assert.StartsWith($"Bit {bit} of the bench's input never changes; bit {bit} of the reference input never changes (0 is the least); ", stuck.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_boards_have_nothing_wrong_and_every_bit_of_both_inputs_changes()
    {
        for (uint serial = 1; serial <= 4; serial++)
        {
            IReadOnlyList<DoctorCheck> checks = await LookAsync(Circuit(serial), serial, ChannelPath.ThroughBench);
            Assert.All(checks, one => Assert.True(one.Verdict != DoctorVerdict.Wrong, $"Unit {serial}: {one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));
            Assert.Equal("16 of 16 bits of the bench's input were seen to change. 16 of 16 bits of the reference input were seen to change.", checks.Single(one => one.Check == "stuck").Advice);
            Assert.InRange(checks.Single(one => one.Check == "leak").Measured, -90, -60); // the circuit's 10 mV over 64 shots of 0.9 V rms
        }
    }

    /// <summary>A neighbour's −26.8 dB of white samples is what no interpolation knows near half the rate, and no leak.</summary>
    [Fact]
    public async Task A_plug_with_its_divider_passes_every_check_that_can_be_made_of_it()
    {
        IReadOnlyList<DoctorCheck> checks = await LookAsync(Plug(), 1, ChannelPath.Loopback);
        Assert.Equal(["offset", "codes"], checks.Where(one => one.Verdict == DoctorVerdict.NotChecked).Select(one => one.Check));
        Assert.All(checks, one => Assert.True(one.Verdict != DoctorVerdict.Wrong, $"{one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));
        Assert.InRange(checks.Single(one => one.Check == "crosstalk").Measured, -100, -55);
        Assert.InRange(checks.Single(one => one.Check == "linearity").Uncertainty, 0, 1); // steps of 92 µV: fine enough for a limit of two
    }

    [Theory]
    [InlineData("xtalk=0.02", "crosstalk", -34.0)]
    [InlineData("xtalk=-0.05", "crosstalk", -26.0)]
    public async Task A_leak_of_the_sample_before_is_found_with_its_size_in_the_band_that_passes(string fault, string check, double decibels)
    {
        DoctorCheck found = (await LookAsync(Plug(), 1, ChannelPath.Loopback, fault)).Single(one => one.Check == check);
        Assert.Equal(DoctorVerdict.Wrong, found.Verdict);
        Assert.Equal(decibels, found.Measured, 0.6); // −61 dB of the interpolation's own beside it
    }

    private static async Task<IReadOnlyList<DoctorCheck>> LookAsync(IBenchPhysics bench, uint serial, ChannelPath path, params string[] faults)
    {
        await using IPhysicalSystem system = CodecBoardTests.Open(bench, 128, serial, faults);
        var settings = new ChannelSettings { AgainstMiddle = path == ChannelPath.Loopback };
        return await new BenchDoctor(system, ShotShape.Throughout(128), path, settings, new DoctorLimits()) { PlugGain = DividerGain }.LookAsync(new ShotCounter(0), CancellationToken.None);
    }
}
