using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Spectra;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Spectra;

public class SaturationLevelTests
{
    private const int Averages = 4;

    private static readonly SpectrometerSettings One = TableOnSocket.Rig.Spectrometer;

    [Fact]
    public void One_exposure_is_saturated_at_the_detector_s_end_and_what_cannot_be_told_stays_so()
    {
        Assert.Equal(65535, SaturationLevel.Of(One, 65535));
        Assert.Equal(65535, SaturationLevel.Of(One with { ExposureRmsReading = 0 }, 65535));
        Assert.Null(SaturationLevel.Of(One with { Averages = Averages, ExposureRmsReading = 0 }, null));
    }

    [Fact]
    public void A_mean_of_four_is_suspect_from_three_deviations_of_an_exposure_below_the_end() =>
        Assert.Equal(1000 - (3.4808 * 0.8660 * 10), SaturationLevel.Of(One with { Averages = Averages, ExposureRmsReading = 10 }, 1000)!.Value, 0.01); // normal table: Q(3.4808) = 0.00025

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Means_of_exposures_whose_scatter_is_not_said_are_refused(double rms) => Assert.StartsWith(
        "The rig averages 4 exposures and its exposure_rms_reading is ",
        Assert.Throws<PhysicalSystemException>(() => SaturationLevel.Of(One with { Averages = Averages, ExposureRmsReading = rms }, 65535)).Message,
        StringComparison.Ordinal);

    /// <summary>The same exposures one by one and averaged, from a modulator that lets little through to one at which most pixels saturate.</summary>
    [Fact]
    public void Means_with_a_cut_off_exposure_are_counted_and_the_end_alone_would_not_count_them()
    {
        const int Levels = 400;
        OpticalRig rig = TableOnSocket.Rig;
        SimulatedTable table = TableOnSocket.NewTable();
        int[] bins = rig.Bins.Of(table.WavelengthsNm, "It");
        double level = SaturationLevel.Of(One with { Averages = Averages }, One.HighestReading)!.Value;
        int readings = 0, cutOff = 0, atTheEnd = 0, missed = 0;
        table.IsShutterOpen = true;
        for (int step = 0; step < Levels; step++)
        {
            float[] amplitudes = [.. Enumerable.Repeat(0.4f + (0.6f * step / Levels), rig.Shaper.Channels)];
            table.LoadFrames(new StimulusFrames(rig).Encode(amplitudes, new float[amplitudes.Length]));
            ulong shot = (ulong)step * Averages;
            bool[] isCutOff = new bool[bins.Length];
            table.SetAverages(1);
            for (ulong exposure = 0; exposure < Averages; exposure++)
            {
                double[] once = Measured(shot + exposure);
                for (int pixel = 0; pixel < bins.Length; pixel++) { isCutOff[pixel] |= once[pixel] >= One.HighestReading; }
            }

            table.SetAverages(Averages);
            double[] mean = Measured(shot);
            for (int pixel = 0; pixel < bins.Length; pixel++)
            {
                if (bins[pixel] < 0) { continue; }
                readings++;
                cutOff += isCutOff[pixel] ? 1 : 0;
                atTheEnd += mean[pixel] >= One.HighestReading ? 1 : 0;
                missed += isCutOff[pixel] && mean[pixel] < level ? 1 : 0;
            }
        }

        Assert.True(cutOff - atTheEnd > 100, $"{cutOff} of {readings} hold a cut-off exposure, {atTheEnd} read the end");
        Assert.True(missed <= SaturationLevel.MostMissed * readings, $"{missed} missed of {cutOff} among {readings}");

        double[] Measured(ulong shot)
        {
            table.NextShot = shot;
            table.Measure();
            return table.Spectra;
        }
    }

    [Fact]
    public async Task A_rig_that_averages_counts_what_its_means_hide()
    {
        OpticalRig rig = TableOnSocket.Rig;
        rig = rig with { Spectrometer = One with { Averages = Averages } };
        List<string> said = [];
        await using var table = new TableOnSocket();
        await using OpticalSystem system = await table.OpenAsync(rig, said.Add);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(1f, rig.Shaper.Channels)], []), CancellationToken.None);
        await using var direct = new DirectTable(rig, TableOnSocket.NewTable(), TableOnSocket.Serial);
        await direct.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(1f, rig.Shaper.Channels)], []), CancellationToken.None);
        int atTheEnd = measured.Volts.Count(volts => volts > 1.2806f); // 65535 counts less the pedestal and no dark level, at 20 µV
        Assert.True(system.SaturatedPixels > atTheEnd, $"{system.SaturatedPixels} and {atTheEnd}");
        Assert.Equal(direct.SaturatedPixels, system.SaturatedPixels);
        await system.DisposeAsync();
        Assert.Contains("so near its detector's end that one of 4 exposures may have reached it", Assert.Single(said), StringComparison.Ordinal);
    }
}
