using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateBenchTests
{
    private const int Samples = 48;

    private static readonly PlateBenchOptions OneThread = new() { Seed = 5, Threads = 1 };
    private static readonly PlateBenchOptions Still = PlateBenchOptions.Ideal with { Threads = 1 };

    [Fact]
    public void Noise_is_60_dB_below_one_volt()
    {
        const int shots = 1000;
        float[] drive = Drives(shots);
        float[] quiet = Run(Still, 0, drive);
        float[] noisy = Run(Still with { Noise = PlateNoise.Typical }, 0, drive);
        double[] noise = [.. quiet.Paired(noisy, (a, b) => (double)b - a)];
        Assert.Equal(1e-3, Stimuli.Rms(noise), 5 * 1e-3 / Math.Sqrt(2 * noise.Length)); // five standard errors of a standard deviation
    }

    [Fact]
    public void Drift_is_as_large_as_stated()
    {
        var chance = new ChanceSource(8, 9);
        PlateDrift drift = PlateDrift.Typical;
        ulong[] shots = [.. Enumerable.Range(0, 4000).Select(n => (ulong)n * drift.ShotsPerKnot / 2)];
        double standardErrors = 5 / Math.Sqrt(2 * 2000); // 2000 independent knots, seen at and between them
        Assert.Equal(0.05, Stimuli.Rms(shots.Select(shot => drift.DampingFactor(chance, shot) - 1)), 0.05 * standardErrors);
        Assert.Equal(0.01, Stimuli.Rms(shots.Select(shot => drift.Gain(chance, shot) - 1)), 0.01 * standardErrors);

        // Knots are independent, an hour apart: 1.4·√2 from one to the next.
        double[] kelvin = [.. Enumerable.Range(0, 2000).Select(n => drift.TemperatureKelvin(chance, (ulong)n * drift.ShotsPerKnot))];
        Assert.Equal(2, Stimuli.Rms(kelvin.Zip(kelvin.Skip(1), (a, b) => b - a)), 2 * 1.5 * standardErrors); // neighbours share a knot
    }

    [Fact]
    public void A_serial_number_fixes_the_unit_and_another_one_is_another_unit()
    {
        PlateUnit one = PlateUnit.Of(1, PlateParameters.Nominal, PlateTolerances.Typical);
        Assert.Equal(one, PlateUnit.Of(1, PlateParameters.Nominal, PlateTolerances.Typical));
        Assert.NotEqual(one, PlateUnit.Of(2, PlateParameters.Nominal, PlateTolerances.Typical));
        Assert.InRange(one.Parameters.FrequencyFactor, 0.99, 1.01);
        Assert.Equal(PlateParameters.Nominal, PlateUnit.Of(1, PlateParameters.Nominal, PlateTolerances.None).Parameters);
    }

    [Fact]
    public void Every_shot_starts_at_rest_unless_memory_is_on()
    {
        float[] one = Drives(1);
        float[] twice = [.. one, .. one];
        float[] fresh = Run(Still, 0, twice);
        Assert.Equal(fresh[..Samples], fresh[Samples..]);

        PlateBenchOptions memory = Still with { Faults = [NamedFault.Parse("memory")] };
        float[] remembering = Run(memory, 0, twice);

        // Without dead time two shots are one long shot, also where they come in two calls.
        float[] joined = new float[twice.Length];
        new PlateBench(Still).Run(0, 1, 2 * Samples, twice, [], joined);
        Assert.Equal(joined, remembering);
        var bench = new PlateBench(memory);
        float[] apart = new float[twice.Length];
        bench.Run(0, 1, Samples, one, [], apart.AsSpan(0, Samples));
        bench.Run(1, 1, Samples, one, [], apart.AsSpan(Samples));
        Assert.Equal(joined, apart);

        // A fault that begins later lets the shots before it begin at rest.
        Assert.Equal(fresh, Run(Still with { Faults = [NamedFault.Parse("memory@2")] }, 0, twice));
        Assert.NotEqual(fresh, Run(Still with { Faults = [NamedFault.Parse("memory=0.5")] }, 0, twice));
    }

    [Fact]
    public void Gain_and_offset_drift_ramp_from_their_first_shot()
    {
        float[] drive = Drives(1);
        float plain = Run(Still, 0, drive)[^1];
        Assert.Equal(plain, Run(Still with { Faults = [NamedFault.Parse("drift.gain=-0.05@1000")] }, 999, drive)[^1]);
        Assert.Equal(plain * 0.95, Run(Still with { Faults = [NamedFault.Parse("drift.gain=-0.05@1000")] }, 11_000, drive)[^1], 1e-6); // rounding
        Assert.Equal(plain + 0.1, Run(Still with { Faults = [NamedFault.Parse("drift.offset=0.2")] }, 5000, drive)[^1], 1e-6);
    }

    [Fact]
    public void A_step_changes_the_frequencies_and_a_hot_plate_rings_lower()
    {
        float[] drive = Drives(1);
        Assert.Equal(Run(Still, 0, drive), Run(Still with { Faults = [NamedFault.Parse("drift.step=0.02@10")] }, 9, drive));
        AssertNear(At(1.02), Run(Still with { Faults = [NamedFault.Parse("drift.step=0.02@10")] }, 10, drive));
        AssertNear(At(1 - 20 * 45e-6), Run(Still with { Faults = [NamedFault.Parse("temp.ramp=20")] }, 10_000, drive));

        // 45 ppm a kelvin is little, but must not be nothing.
        Assert.NotEqual(Run(Still, 0, drive), Run(Still with { Faults = [NamedFault.Parse("temp.ramp=20")] }, 10_000, drive));

        // The membrane term's g_k stay those of the unit; both scale alike.
        float[] At(double factor) => Run(Still with { Parameters = Still.Parameters with { FrequencyFactor = factor } }, 0, drive);

        static void AssertNear(float[] expected, float[] found) =>
            Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(expected), Stimuli.ToDouble(found)), 1e-6); // V, rounding
    }

    [Fact]
    public void Heteroscedastic_noise_grows_with_the_volts_read()
    {
        const int shots = 2000;
        float[] drive = [.. Enumerable.Repeat(Drives(1), shots).SelectMany(shot => shot)];
        float[] ideal = Run(Still, 0, drive);
        float[] noisy = Run(Still with { Noise = PlateNoise.Typical, Faults = [NamedFault.Parse("noise.hetero=3")] }, 0, drive);
        double[] atLast = [.. Enumerable.Range(1, shots).Select(n => (double)noisy[n * Samples - 1] - ideal[n * Samples - 1])];
        double expected = 1e-3 * (1 + 3 * Math.Abs(ideal[Samples - 1]));
        Assert.Equal(expected, Stimuli.Rms(atLast), 5 * expected / Math.Sqrt(2 * shots));
    }

    [Fact]
    public void What_the_plate_cannot_be_asked_is_refused_in_one_sentence()
    {
        var bench = new PlateBench(PlateBenchOptions.Ideal);
        float[] node = [7f, 7f];
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, 2.5f], [], node)).Message;
        Assert.StartsWith("Asked the plate for a drive from 0 V to 2.5 V; the amplifier's input takes ±2 V.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, float.NaN], [], node));
        Assert.Throws<ArgumentException>(() => bench.Run(0, 1, 2, [0f, 0f], [0f], node));
        Assert.Equal([7f, 7f], node);

        PlateParameters odd = PlateParameters.Nominal with { Plate = PlateParameters.Nominal.Plate with { SideMetre = 1 } };
        message = Assert.Throws<ArgumentOutOfRangeException>(() => new PlateBench(new PlateBenchOptions { Parameters = odd })).Message;
        Assert.StartsWith("Asked for Plate.SideMetre = 1 m; possible is 0.01 to 0.3 m.", message, StringComparison.Ordinal);
        PlateParameters tiny = PlateParameters.Nominal with { Plate = PlateParameters.Nominal.Plate with { SideMetre = 0.02 } };
        message = Assert.Throws<ArgumentOutOfRangeException>(() => new PlateRig(tiny)).Message;
        Assert.StartsWith("Asked for a plate whose tenth bending mode is at", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PlateParameterRanges.Require(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlateParameterRanges.Require(PlateParameters.Nominal with { SampleRateHz = double.NaN }));
        Assert.Throws<ArgumentException>(() => new PlateBench(OneThread with { Faults = [NamedFault.Parse("opt.dark")] }));
        Assert.Equal(PlateParameters.Nominal, PlateParameterRanges.Require(PlateParameters.Nominal));
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        Assert.Equal("10B7DDDD5A9138E5", Bits.Of(Run(OneThread, 123, Drives(40))));
    }

    private static float[] Drives(int shots) => Stimuli.White(99, shots * Samples, 1);

    private static float[] Run(PlateBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new PlateBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [], node);
        return node;
    }
}
