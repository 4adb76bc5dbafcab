using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

public class SecondHarmonicBenchTests
{
    private const int Samples = Amplitudes.Samples;

    private static readonly SecondHarmonicBenchOptions OneThread = new() { Seed = 5, Threads = 1 };

    [Fact]
    public void Without_imperfections_noise_and_drift_it_is_the_model()
    {
        float[] drive = Amplitudes.RandomShots(2, 20);
        float[] model = new float[drive.Length];
        new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 2).Forward(20, Samples, drive, [], model);
        Assert.Equal(model, Run(SecondHarmonicBenchOptions.Ideal, 12345, drive));
    }

    [Fact]
    public void A_unit_s_pixels_pass_five_percent_more_or_less_for_life()
    {
        double[] gains = [.. Enumerable.Range(1, 100).SelectMany(serial => SecondHarmonicUnit.Of((ulong)serial, SecondHarmonicTolerances.Typical).PixelGains)];

        // Five standard errors of a mean and of a standard deviation of 10,000 numbers.
        Assert.Equal(1, gains.Average(), 5 * 0.05 / 100);
        Assert.Equal(0.05, Amplitudes.Rms(gains.Select(gain => gain - 1)), 5 * 0.05 / Math.Sqrt(2e4));

        SecondHarmonicBenchOptions still = OneThread with { Noise = SecondHarmonicNoise.None, Drift = SecondHarmonicDrift.None };
        float[] drive = Amplitudes.RandomShots(3, 3);
        Assert.Equal(Run(still, 0, drive), Run(still with { Seed = 6 }, 77, drive)); // imperfections know no seed and no shot
        double[] scaled = [.. Amplitudes.OfShot(drive, 1).Paired(SecondHarmonicUnit.Of(1, still.Tolerances).PixelGains, (amplitude, gain) => amplitude * gain)];
        double[] expected = SecondHarmonicReference.Run(SecondHarmonicParameters.Nominal, scaled);
        Assert.InRange(Amplitudes.LargestDifference(expected, Amplitudes.BinsOf(Run(still, 0, drive), 1)), 0, 2e-6); // single precision
    }

    [Fact]
    public void The_noise_is_as_large_as_stated()
    {
        const int shots = 3000;
        float[] drive = [.. Enumerable.Repeat(Amplitudes.RandomShots(5, 1), shots).SelectMany(shot => shot)];
        SecondHarmonicBenchOptions still = OneThread with { Tolerances = SecondHarmonicTolerances.None, Drift = SecondHarmonicDrift.None };
        double[] ideal = Amplitudes.BinsOf(Run(still with { Noise = SecondHarmonicNoise.None }, 0, drive), 0);
        int bright = Array.IndexOf(ideal, ideal.Max());
        int dim = Array.IndexOf(ideal, ideal.Min());

        double[] energy = Deviations(SecondHarmonicNoise.Typical with { ShotVoltsRms = 0, ReadVoltsRms = 0 }, bright);
        double[] counting = Deviations(SecondHarmonicNoise.Typical with { PulseEnergyRms = 0, ReadVoltsRms = 0 }, bright);
        double[] dark = Deviations(SecondHarmonicNoise.Typical with { PulseEnergyRms = 0, ShotVoltsRms = 0 }, dim);

        // Five standard errors of a standard deviation; a square has twice the relative deviation, and 1e-4 more for its own square.
        const double error = 5 / 77.0;
        Assert.Equal(0.02 * ideal[bright], Amplitudes.Rms(energy), error * 0.02 * ideal[bright]);
        Assert.Equal(0.01 * Math.Sqrt(ideal[bright]), Amplitudes.Rms(counting), error * 0.01 * Math.Sqrt(ideal[bright]));
        Assert.Equal(4e-3, Amplitudes.Rms(dark), error * 4e-3);
        Assert.Equal(0, dark.Average(), 5 * 4e-3 / Math.Sqrt(shots));

        double[] hetero = Deviations(SecondHarmonicNoise.Typical with { PulseEnergyRms = 0, ShotVoltsRms = 0 }, bright, "noise.hetero=3");
        double expected = 4e-3 * (1 + 3 * ideal[bright]);
        Assert.Equal(expected, Amplitudes.Rms(hetero), error * expected);

        double[] Deviations(SecondHarmonicNoise noise, int bin, string faults = "")
        {
            float[] node = Run(still with { Noise = noise, Faults = Faults.These(faults) }, 0, drive);
            return [.. Enumerable.Range(0, shots).Select(shot => node[shot * Samples + Amplitudes.Pixels + bin] - ideal[bin])];
        }
    }

    [Fact]
    public void A_drive_out_of_range_or_not_a_number_is_refused_before_anything_is_computed()
    {
        var bench = new SecondHarmonicBench(SecondHarmonicBenchOptions.Ideal);
        float[] node = [.. Enumerable.Repeat(7f, Samples)];
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, Samples, With(99, -2.5f), [], node)).Message;
        Assert.StartsWith("Asked the shg for an amplitude of -2.5 V; a pixel takes ±2 V.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, Samples, With(0, float.NaN), [], node));
        string rest = Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, Samples, With(100, float.NaN), [], node)).Message;
        Assert.StartsWith("Asked the shg for a drive of NaN V at rest; it must be finite.", rest, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, Samples, With(149, float.NegativeInfinity), [], node));
        Assert.Throws<ArgumentException>(() => bench.Run(0, 1, Samples, With(0, 0), [0f], node));
        Assert.Throws<ArgumentException>(() => bench.Run(0, 1, 100, new float[100], [], new float[100]));
        Assert.All(node, volts => Assert.Equal(7f, volts));

        float[] plain = Run(SecondHarmonicBenchOptions.Ideal, 0, With(0, 1));
        float[] restDriven = With(0, 1);
        restDriven.AsSpan(Amplitudes.Pixels).Fill(0.8f);
        Assert.Equal(plain, Run(SecondHarmonicBenchOptions.Ideal, 0, restDriven));

        static float[] With(int sample, float volts)
        {
            float[] drive = Amplitudes.RandomShots(6, 1);
            drive[sample] = volts;
            return drive;
        }
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        Assert.Equal("569FF8A836CA31B1", Bits.Of(Run(OneThread, 123, Amplitudes.RandomShots(8, 40))));
    }

    private static float[] Run(SecondHarmonicBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new SecondHarmonicBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [], node);
        return node;
    }
}
