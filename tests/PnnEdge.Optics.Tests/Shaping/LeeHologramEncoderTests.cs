using System.Globalization;
using System.Numerics;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Tests.Support;

namespace PnnEdge.Optics.Tests.Shaping;

public class LeeHologramEncoderTests
{
    [Theory]
    [InlineData(64, 17)]
    [InlineData(257, 71)]
    [InlineData(1080, 299)]
    public void No_field_is_further_than_half_a_step_from_its_mirrors_and_some_are_nearly_so_far(int rows, int fringes)
    {
        LeeHologramEncoder encoder = Of(rows, fringes, 20);
        Random random = new(3);
        Complex[] asked = new Complex[20], given = new Complex[20];
        byte[] frame = new byte[encoder.FrameBytes];
        double worst = 0;
        for (int round = 0; round < 200; round++)
        {
            for (int channel = 0; channel < asked.Length; channel++) { asked[channel] = Complex.FromPolarCoordinates(random.NextDouble(), random.NextDouble() * 2 * Math.PI); }
            encoder.Encode(asked, frame);
            encoder.Decode(frame, given);
            for (int channel = 0; channel < asked.Length; channel++) { worst = Math.Max(worst, (asked[channel] - given[channel]).Magnitude); }
        }

        Assert.InRange(worst, 0.9 * encoder.AmplitudeStep / 2, encoder.AmplitudeStep / 2); // 4,000 fields come within a tenth of the worst one
    }

    [Fact]
    public async Task An_FFT_of_every_column_finds_the_field_that_was_asked_in_its_first_order()
    {
        const int Rows = 1080, Fringes = 299, Columns = 400;
        LeeHologramEncoder encoder = Of(Rows, Fringes, Columns);
        Random random = new(5);
        Complex[] asked = [.. Enumerable.Range(0, Columns).Select(_ => Complex.FromPolarCoordinates(random.NextDouble(), random.NextDouble() * 2 * Math.PI))];
        byte[] frame = new byte[encoder.FrameBytes];
        encoder.Encode(asked, frame);
        Complex[][] found = await OrdersAsync(frame, Columns, Rows, Fringes);

        // An ideal grating's 1/π and that of 1080 rows differ by a millionth.
        Assert.All(found[0].Zip(asked), pair => Assert.InRange((pair.First - pair.Second).Magnitude, 0, (encoder.AmplitudeStep / 2) + 2e-6));

        // Rows that a Gaussian lights are not the calibration's; it costs less than the step of an SLM's 256 levels.
        Assert.InRange(found[1].Zip(asked).Max(pair => (pair.First - pair.Second).Magnitude), encoder.AmplitudeStep / 2, 0.005);
    }

    [Fact]
    public async Task What_a_stimulus_is_said_to_have_applied_is_the_first_order_of_the_mirrors_shown()
    {
        OpticalRig rig = TableOnSocket.DmdRig;
        float[] volts = [.. Enumerable.Range(0, 100).Select(channel => (channel - 50) / 50f)], applied = new float[100];
        StimulusFrames frames = new(rig with { Shaper = rig.Shaper with { PhaseRad = [] } });
        byte[] frame = frames.Encode(volts, applied);
        Complex[] found = (await OrdersAsync(frame, 320, 257, 71))[0];
        for (int channel = 0; channel < 100; channel++)
        {
            Assert.Equal(volts[channel], applied[channel], frames.StepVolts / 2);
            for (int column = 10 + (3 * channel); column < 13 + (3 * channel); column++) { Assert.Equal(applied[channel], found[column].Real, 3e-5); } // sin(π/257)·257/π is 1 − 2.5e-5
        }

        Assert.NotEqual(volts, applied);
    }

    [Fact]
    public void Mirrors_are_on_or_off_and_those_beside_the_channels_are_off()
    {
        FrameEncoder encoder = TableOnSocket.DmdRig.Encoder();
        byte[] frame = new byte[encoder.FrameBytes];
        encoder.EncodeReal([.. Enumerable.Repeat(1f, 100)], frame);
        for (int column = 0; column < 320; column++)
        {
            byte[] mirrors = [.. Enumerable.Range(0, 257).Select(row => frame[(row * 320) + column])];
            Assert.All(mirrors, mirror => Assert.True(mirror is 0 or 255));
            Assert.InRange(mirrors.Count(mirror => mirror == 255), column is >= 10 and < 310 ? 128 : 0, column is >= 10 and < 310 ? 129 : 0); // half are a full amplitude
        }
    }

    [Fact]
    public void A_phase_moves_the_fringes_and_leaves_their_duty_cycle()
    {
        LeeHologramEncoder encoder = Of(256, 64 - 1, 2);
        byte[] frame = new byte[encoder.FrameBytes];
        encoder.Encode([0.6, Complex.FromPolarCoordinates(0.6, Math.PI / 2)], frame);
        bool On(int row, int column) => frame[(row * 2) + column] == 255;
        int[] moved = [.. Enumerable.Range(0, 256).Where(row => On(row, 0) != On((row + 255) % 256, 1))];
        Assert.Equal(Enumerable.Range(0, 256).Count(row => On(row, 0)), Enumerable.Range(0, 256).Count(row => On(row, 1)));
        Assert.InRange(moved.Length, 0, 4); // a row is 63/256 of a fringe, less than a quarter by a 256th: one mirror at either end of the arc
    }

    private static LeeHologramEncoder Of(int rows, int fringes, int channels) =>
        new(new SpectralAxis([100.5, 1], channels), new WavelengthBins(100, 100 + channels, channels), rows, fringes, new double[channels]);

    private static async Task<Complex[][]> OrdersAsync(byte[] frame, int columns, int rows, int fringes)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, frame, TestContext.Current.CancellationToken);
            string[] lines = await Python.RunAsync(Path.Combine("Shaping", "lee_orders.py"), "python3-numpy", file, $"{columns}", $"{rows}", $"{fringes}");
            return [.. lines.Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).Chunk(2).Select(pair => new Complex(pair[0], pair[1])).ToArray())];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
