using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.Tests.Circuit;
using static PnnEdge.Physics.Tests.Oscillators.OscillatorCases;

namespace PnnEdge.Physics.Tests.Oscillators;

public class OscillatorBenchTests
{
    private const int Oscillators = 20;
    private const int Samples = 2 * Oscillators;

    private static readonly OscillatorParameters Few = new() { Count = Oscillators };
    private static readonly OscillatorBenchOptions Full = new() { Parameters = Few, Gap = OscillatorGap.ExampleTwo, Seed = 5, Threads = 1 };
    private static readonly OscillatorBenchOptions Still = OscillatorBenchOptions.Ideal with { Parameters = Few, Threads = 1 };
    private static readonly float[] Couplings = Actuators(Oscillators, 2);

    [Fact]
    public void Without_noise_drift_and_tolerance_it_is_the_equations()
    {
        float[] drive = Drive(Oscillators, 3, 1);
        float[] node = Run(Still, 77, drive);
        for (int shot = 0; shot < 3; shot++)
        {
            // Rounding, as the single-precision forward is held to.
            Assert.InRange(LargestDifference(Reference(Few, ToDouble(Couplings), Loaded(drive, Oscillators, shot)), Read(node, Oscillators, shot)), 0, 1e-6);
            Assert.All(Loaded(node, Oscillators, shot), volts => Assert.Equal(0, volts));
        }
    }

    [Fact]
    public void Example_two_is_its_own_nonlinearity_and_couplings_and_an_own_stiffness()
    {
        OscillatorBenchOptions options = Still with { Gap = OscillatorGap.ExampleTwo with { AmplitudeRms = 0 }, Serial = 9 };
        OscillatorUnit unit = OscillatorUnit.Of(9, Oscillators, OscillatorTolerances.None, options.Gap);
        double[] actuators = ToDouble(Couplings);
        int couplings = OscillatorActuators.CouplingCount(Oscillators);
        double[] matrix = Coupling(Oscillators, [.. actuators[..couplings].Select((volts, n) => volts + unit.CouplingAdded[n])]);
        for (int i = 0; i < Oscillators; i++)
        {
            matrix[i * Oscillators + i] = unit.OwnStiffness[i];
        }

        float[] drive = Drive(Oscillators, 1, 1);
        double[] expected = Loaded(drive, Oscillators, 0);
        OscillatorReference.Run(Few with { Nonlinearity = 0.1 }, matrix, actuators.AsSpan(couplings), expected, new double[Oscillators]);
        double[] node = Read(Run(options, 0, drive), Oscillators, 0);
        Assert.InRange(LargestDifference(expected, node), 0, 1e-6); // rounding
        Assert.True(LargestDifference(node, Read(Run(Still, 0, drive), Oscillators, 0)) > 0.01, "the gap must show");
    }

    [Fact]
    public void Example_two_s_couplings_have_the_original_s_size()
    {
        OscillatorUnit unit = OscillatorUnit.Of(1, 206, OscillatorTolerances.None, OscillatorGap.ExampleTwo);
        double[] added = ToDouble(unit.CouplingAdded), own = ToDouble(unit.OwnStiffness);

        // 0.2·(R + Rᵀ)/2: 0.2/√2 between two, 0.2 on the diagonal; five standard errors of a standard deviation.
        Assert.Equal(0.2 / Math.Sqrt(2), Stimuli.Rms(added), 5 * 0.2 / Math.Sqrt(4.0 * added.Length));
        Assert.Equal(0.2, Stimuli.Rms(own), 5 * 0.2 / Math.Sqrt(2.0 * own.Length));
        Assert.All(unit.CouplingGain, gain => Assert.Equal(1, gain));
        OscillatorUnit tolerated = OscillatorUnit.Of(1, 206, OscillatorTolerances.Typical, OscillatorGap.None);
        Assert.All(tolerated.CouplingGain, gain => Assert.InRange(gain, 0.99f, 1.01f));
        Assert.Equal(0.01 / Math.Sqrt(3), Stimuli.Rms(tolerated.CouplingGain.Select(gain => gain - 1.0)), 1e-4); // uniform; σ/√2N is 3e-5
        Assert.All(tolerated.CouplingAdded, added => Assert.Equal(0, added));
    }

    [Fact]
    public void Noise_on_what_is_loaded_and_on_what_is_read_has_the_stated_size()
    {
        const int shots = 2000;
        float[] rest = new float[shots * Samples];
        float[] none = new float[Couplings.Length];

        // At rest and uncoupled a small amplitude is multiplied by cos(√g·t).
        double[] loaded = ReadAll(Still with { Gap = OscillatorGap.None with { AmplitudeRms = 0.02 } });
        double[] read = ReadAll(Still with { Noise = OscillatorNoise.Typical with { AmplitudeRms = 0 } });
        Assert.Equal(0, loaded.Average(), 5 * 0.02 / Math.Sqrt(loaded.Length));
        Assert.Equal(0.02 * Math.Cos(0.5), Stimuli.Rms(loaded), 5 * 0.02 / Math.Sqrt(2.0 * loaded.Length));
        Assert.Equal(2e-3, Stimuli.Rms(read), 5 * 2e-3 / Math.Sqrt(2.0 * read.Length)); // five standard errors, here and above

        double[] ReadAll(OscillatorBenchOptions options)
        {
            float[] node = new float[rest.Length];
            new OscillatorBench(options).Run(0, shots, Samples, rest, none, node);
            return [.. Enumerable.Range(0, shots).SelectMany(shot => Read(node, Oscillators, shot))];
        }
    }

    [Fact]
    public void Drift_is_as_large_as_stated()
    {
        var chance = new ChanceSource(8, 9);
        var drift = OscillatorDrift.Typical;
        double[] coupling = [.. Enumerable.Range(0, 4000).Select(n => drift.CouplingFactor(chance, (ulong)n * drift.ShotsPerKnot / 2) - 1)];
        double[] force = [.. Enumerable.Range(0, 4000).Select(n => drift.ForceOffset(chance, (ulong)n * drift.ShotsPerKnot / 2))];

        // 2000 independent knots: five standard errors of a standard deviation.
        Assert.Equal(5e-3, Stimuli.Rms(coupling), 5 * 5e-3 / Math.Sqrt(2 * 2000));
        Assert.Equal(2e-3, Stimuli.Rms(force), 5 * 2e-3 / Math.Sqrt(2 * 2000));

        // A drive offset is a drive: the same on every oscillator, seen as t²/2 to first order.
        float[] still = Run(Still, 0, new float[Samples]), drifting = Run(Still with { Drift = drift with { CouplingRms = 0 } }, 0, new float[Samples]);
        double[] moved = [.. Read(drifting, Oscillators, 0).Paired(Read(still, Oscillators, 0), (a, b) => a - b)];
        double offset = drift.ForceOffset(new ChanceSource(0, 1), 0);
        Assert.All(moved, volts => Assert.InRange(volts / (offset / 8), 0.9, 1.1));
    }

    [Fact]
    public void Faults_act_from_their_first_shot_with_their_stated_meaning()
    {
        float[] drive = Drive(Oscillators, 1, 4);
        double plain = Run(Still, 0, drive)[^1];
        Assert.Equal(plain, With("drift.gain=-0.05@1000", 999)[^1]);
        Assert.Equal(plain * 0.95, With("drift.gain=-0.05@1000", 11_000)[^1], 1e-6); // rounding
        Assert.Equal(plain + 0.1, With("drift.offset=0.2", 5000)[^1], 1e-6);
        Assert.Equal(Run(Still with { Parameters = Few with { Nonlinearity = 0.5 } }, 0, drive), With("drift.regime@10", 10));
        Assert.Equal(Run(Still, 0, drive), With("drift.regime@10", 9));

        float[] stronger = Run(Still with { Parameters = Few with { CouplingScale = 1.1 } }, 0, drive);
        Assert.Equal(0, LargestDifference(ToDouble(stronger), ToDouble(With("drift.step=0.1", 0))), 1e-6); // rounding
        Assert.NotEqual(Run(Still, 0, drive), stronger);

        float[] With(string fault, ulong shot) => Run(Still with { Faults = [NamedFault.Parse(fault)] }, shot, drive);
    }

    [Fact]
    public void Heteroscedastic_noise_grows_with_the_amplitude_read()
    {
        const int shots = 2000;
        float[] drive = new float[shots * Samples];
        drive.AsSpan().Fill(1.5f);
        var noise = new OscillatorNoise { AmplitudeRms = 0, Read = new OutputNoise { VoltsRms = 2e-3, GainJitterRms = 0 } };
        double ideal = Run(Still, 0, drive)[^1];
        float[] noisy = Run(Still with { Noise = noise, Faults = [NamedFault.Parse("noise.hetero=3")] }, 0, drive);
        double[] atLast = [.. Enumerable.Range(1, shots).Select(shot => noisy[shot * Samples - 1] - ideal)];
        double expected = 2e-3 * (1 + 3 * Math.Abs(ideal));
        Assert.Equal(expected, Stimuli.Rms(atLast), 5 * expected / Math.Sqrt(2 * shots));
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_in_one_sentence_before_anything_is_computed()
    {
        var two = new OscillatorBench(OscillatorBenchOptions.Ideal with { Parameters = Few with { Count = 2 } });
        float[] node = [7, 7, 7, 7];
        Assert.Equal(3, two.ActuatorCount);
        Assert.Equal(
            "Asked 2 oscillators for shots of 3 samples; a shot loads 2 initial amplitudes and reads 2 final ones, 4 samples.",
            Assert.Throws<ArgumentException>(() => two.Run(0, 1, 3, new float[3], new float[3], new float[3])).Message);
        Assert.StartsWith(
            "Asked the oscillators for initial amplitudes of -21 V; possible is ±20 V.",
            Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [0, -21, 0, 0], [0, 0, 0], node)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [float.NaN, 0, 0, 0], [0, 0, 0], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [0, 0, 0, float.NaN], [0, 0, 0], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [0, 0, float.PositiveInfinity, 0], [0, 0, 0], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [0, 0, 0, 0], [0, float.NaN, 0], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Run(0, 1, 4, [0, 0, 0, 0], [0, 0, 20.5f], node));
        Assert.Throws<ArgumentException>(() => two.Run(0, 1, 4, [0, 0, 0, 0], [0, 0], node));
        Assert.Equal([7f, 7, 7, 7], node);

        two.Run(0, 1, 4, [0, 0, 9, -9], [0, 0, 0], node); // a drive while it is read has no effect
        Assert.Equal([0f, 0, 0, 0], node);
        Assert.StartsWith(
            "Asked the oscillators for fault temp.ramp, which belongs to Physics; the oscillators can inject drift.gain, drift.offset, drift.step, drift.regime, noise.hetero, rig.swap.",
            Assert.Throws<ArgumentException>(() => new OscillatorBench(Full with { Faults = [NamedFault.Parse("temp.ramp")] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_outside_their_range_are_refused_with_the_range()
    {
        Assert.StartsWith(
            "Asked for Count = 3000 oscillators; possible is 2 to 2048 oscillators.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new OscillatorBench(Full with { Parameters = Few with { Count = 3000 } })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => OscillatorParameterRanges.Require(Few with { Nonlinearity = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => OscillatorParameterRanges.Require(Few with { DurationRadians = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => OscillatorParameterRanges.Require(default));
        Assert.Equal(Few, OscillatorParameterRanges.Require(Few));
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        float[] drive = Drive(Oscillators, 40, 7), dnode = Stimuli.White(8, drive.Length, 1), dactuators = new float[Couplings.Length];
        new OscillatorModel(Few, 1).Vjp(40, Samples, drive, Couplings, dnode, new float[drive.Length], dactuators);
        Assert.Equal("0B8ECB00CD9F75AD", Bits.Of(Run(Full, 123, drive).Concat(dactuators)));
    }

    private static float[] Run(OscillatorBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new OscillatorBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, Couplings, node);
        return node;
    }
}
