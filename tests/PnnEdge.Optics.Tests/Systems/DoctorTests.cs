using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Spectra;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Systems;

/// <summary>The doctor on an optical rig: the detector's bits and pixels, the modulator's channels.</summary>
public class DoctorTests
{
    private static async Task<IReadOnlyList<DoctorCheck>> LookAsync(IPhysicalSystem system)
    {
        var shape = ShotShape.LoadThenRead(system.Description.StimulusSamples, system.Description.MeasurementSamples);
        return await new BenchDoctor(system, shape, ChannelPath.ThroughBench, new ChannelSettings(), new DoctorLimits()).LookAsync(new ShotCounter(0), CancellationToken.None);
    }

    [Theory]
    [InlineData("adc.stuck=0", "stuck", "Bit 0 of the readings never changes (0 is the least); ")]
    [InlineData("adc.stuck=11", "stuck", "Bit 11 of the readings never changes (0 is the least); ")] // the last pixel's last byte is then a carriage return
    [InlineData("opt.bin=20", "stuck", "Pixel 36 (390.54 nm) reads one word whatever is played; ")]
    [InlineData("opt.bin=20", "inputs", "Input 20 of 50 (counted from 0) does not follow anything that is played; ")]
    [InlineData("opt.pixel=0", "outputs", "No input notices when output 0 is moved from one end to the other (100 tried, counted from 0); ")]
    public async Task A_lost_bit_a_dead_pixel_and_a_dead_channel_of_the_modulator_are_found_over_the_socket(string fault, string check, string advice)
    {
        await using var table = new TableOnSocket([fault]);
        await using OpticalSystem system = await table.OpenAsync();
        DoctorCheck found = (await LookAsync(system)).Single(one => one.Check == check);
        Assert.Equal((DoctorVerdict.Wrong, 1.0), (found.Verdict, found.Measured));
        Assert.StartsWith(advice, found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_tables_have_nothing_wrong_and_are_not_dazzled_by_being_looked_at()
    {
        for (uint serial = 1; serial <= 4; serial++)
        {
            var bench = new SecondHarmonicBench(new SecondHarmonicBenchOptions { Seed = 20 + serial, Serial = serial, Threads = 1 });
            await using var system = new DirectTable(TableOnSocket.Rig, new SimulatedTable(TableOnSocket.Rig, bench), serial);
            IReadOnlyList<DoctorCheck> checks = await LookAsync(system);
            Assert.All(checks, one => Assert.True(one.Verdict != DoctorVerdict.Wrong, $"Unit {serial}: {one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));
            Assert.Equal("16 of 16 bits were seen to change.", checks.Single(one => one.Check == "stuck").Advice);
            Assert.Contains("light has not", checks.Single(one => one.Check == "linearity").Advice, StringComparison.Ordinal);
            Assert.Equal(0, system.SaturatedPixels);
        }
    }

    [Theory]
    [InlineData("yokogawa-aq6374", 1, "The spectrometer (yokogawa-aq6374) sends what it has computed from its converter's words, so that no bit of them is left to look at; pixels and channels that stand still are looked for all the same.")]
    [InlineData("pnnedge-table", 4, "The spectrometer averages 4 exposures, so that its readings are no converter's words (averages: 1 in the rig's file shows them).")]
    [InlineData("pnnedge-table", 1, null)]
    public void Bits_are_looked_at_where_readings_are_counts_and_otherwise_it_is_said_why_not(string dialect, int averages, string? sentence)
    {
        SpectrometerSettings settings = TableOnSocket.Rig.Spectrometer with { Averages = averages };
        var detector = new DetectorWords([-1, 0, 1, -1], [1, 2, 3, 4], settings, InstrumentDialect.Load(dialect));
        List<float[]> shown = [];
        detector.Words.Read += words => shown.Add(words.ToArray());
        detector.Show([10, 20, 30, 40]);
        Assert.Equal([20f, 30f], Assert.Single(shown)); // what lies beside the bins is nobody's
        Assert.Equal(["pixel 1 (2.00 nm)", "pixel 2 (3.00 nm)"], detector.Words.Inputs);
        Assert.Equal(sentence, detector.Words.NoCounts);
        Assert.Equal(sentence is null ? 16 : 0, detector.Words.Bits);
    }
}
