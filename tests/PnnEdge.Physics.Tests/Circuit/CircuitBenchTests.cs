using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

public class CircuitBenchTests
{
    private const int Samples = 48;

    private static readonly CircuitBenchOptions OneThread = new() { Seed = 5, Threads = 1 };

    [Fact]
    public void Concurrent_benches_and_repeated_calls_agree()
    {
        float[] drive = Drives(64, 3);
        float[] expected = Run(OneThread, 0, drive);
        var bench = new CircuitBench(OneThread with { Threads = 2 });
        Parallel.For(0, 40, _ =>
        {
            float[] node = new float[drive.Length];
            bench.Run(0, 64, Samples, drive, [0.1f], node);
            Assert.Equal(expected, node);
        });
    }

    [Fact]
    public void The_bias_adds_to_the_drive()
    {
        float[] drive = Drives(4, 1);
        float[] shifted = [.. drive.Select(volts => volts + 0.5f)];
        float[] a = new float[drive.Length];
        float[] b = new float[drive.Length];
        var bench = new CircuitBench(CircuitBenchOptions.Ideal);
        bench.Run(0, 4, Samples, drive, [0.5f], a);
        bench.Run(0, 4, Samples, shifted, [0f], b);
        Assert.Equal(b, a);
    }

    [Fact]
    public void Noise_has_10_mV_rms_and_gain_jitters_by_half_a_percent()
    {
        const int shots = 4000;
        float[] drive = new float[shots * Samples];
        drive.AsSpan().Fill(1.5f);
        var quiet = OneThread with { Tolerances = CircuitTolerances.None, Drift = CircuitDrift.None };
        float[] ideal = Run(quiet with { Noise = CircuitNoise.None }, 0, drive);
        double[] noise = Difference(Run(quiet with { Noise = CircuitNoise.Typical with { GainJitterRms = 0 } }, 0, drive), ideal);
        double[] jitter = Relative(Run(quiet with { Noise = CircuitNoise.Typical with { VoltsRms = 0 } }, 0, drive), ideal);

        // Five standard errors of a mean (σ/√N) and of a standard deviation (σ/√2N).
        Assert.Equal(0, noise.Average(), 5 * 10e-3 / Math.Sqrt(noise.Length));
        Assert.Equal(10e-3, Stimuli.Rms(noise), 5 * 10e-3 / Math.Sqrt(2 * noise.Length));
        Assert.Equal(0, jitter.Average(), 5 * 5e-3 / Math.Sqrt(shots));
        Assert.Equal(5e-3, Stimuli.Rms(jitter), 5 * 5e-3 / Math.Sqrt(2 * shots));

        static double[] Difference(float[] a, float[] b) => [.. a.Paired(b, (x, y) => (double)x - y)];

        // One number per shot, taken at its last sample.
        static double[] Relative(float[] a, float[] b) =>
            [.. Enumerable.Range(1, shots).Select(n => (double)a[n * Samples - 1] / b[n * Samples - 1] - 1)];
    }

    [Fact]
    public void Drift_is_as_large_as_stated_and_slow()
    {
        var chance = new ChanceSource(8, 9);
        var drift = CircuitDrift.Typical;
        double[] offsets = [.. Enumerable.Range(0, 4000).Select(n => drift.DacOffsetVolts(chance, (ulong)n * drift.ShotsPerKnot / 2))];
        double[] kelvin = [.. Enumerable.Range(0, 4000).Select(n => drift.TemperatureKelvin(chance, (ulong)n * drift.ShotsPerKnot / 2))];

        // 2000 independent knots, seen at and between them: five standard errors of a standard deviation.
        Assert.Equal(1e-3, Stimuli.Rms(offsets), 5 * 1e-3 / Math.Sqrt(2 * 2000));
        Assert.Equal(1, Stimuli.Rms(kelvin), 5 / Math.Sqrt(2 * 2000.0));

        // The steepest smooth step between two knots of ±3.5 σ takes a whole knot: below 20 σ per knot.
        for (ulong shot = 0; shot < 100_000; shot += 13)
        {
            double change = Math.Abs(drift.TemperatureKelvin(chance, shot + 1) - drift.TemperatureKelvin(chance, shot));
            Assert.InRange(change, 0, 20.0 / drift.ShotsPerKnot);
        }
    }

    [Fact]
    public void A_serial_number_fixes_the_unit_and_another_one_is_another_unit()
    {
        CircuitUnit one = CircuitUnit.Of(1, CircuitTolerances.Typical);
        Assert.Equal(one, CircuitUnit.Of(1, CircuitTolerances.Typical));
        Assert.NotEqual(one, CircuitUnit.Of(2, CircuitTolerances.Typical));
        Assert.InRange(one.Inductance, 0.95, 1.05);
        Assert.NotEqual(1, one.Inductance);
    }

    [Fact]
    public void Every_shot_starts_at_rest_unless_memory_is_on()
    {
        var still = CircuitBenchOptions.Ideal with { Threads = 1 };
        float[] one = Drives(1, 3);
        float[] twice = [.. one, .. one];
        float[] fresh = Run(still, 0, twice);
        Assert.Equal(fresh[..Samples], fresh[Samples..]);

        float[] remembering = Run(still with { Faults = [NamedFault.Parse("memory")] }, 0, twice);
        Assert.Equal(fresh[..Samples], remembering[..Samples]);

        // Without dead time two shots are one long shot.
        float[] joined = new float[twice.Length];
        new CircuitBench(still).Run(0, 1, 2 * Samples, twice, [0.1f], joined);
        Assert.Equal(joined, remembering);
    }

    [Fact]
    public void Gain_and_offset_drift_ramp_from_their_first_shot()
    {
        var still = CircuitBenchOptions.Ideal;
        float[] drive = Drives(1, 2);
        float plain = Run(still, 0, drive)[^1];
        Assert.Equal(plain, Run(still with { Faults = [NamedFault.Parse("drift.gain=-0.05@1000")] }, 999, drive)[^1]);
        Assert.Equal(plain * 0.95, Run(still with { Faults = [NamedFault.Parse("drift.gain=-0.05@1000")] }, 11_000, drive)[^1], 1e-6); // rounding
        Assert.Equal(plain * 0.5, Run(still with { Faults = [NamedFault.Parse("drift.gain=-0.05")] }, ulong.MaxValue, drive)[^1], 1e-6);
        Assert.Equal(plain + 0.1, Run(still with { Faults = [NamedFault.Parse("drift.offset=0.2")] }, 5000, drive)[^1], 1e-6);
    }

    [Fact]
    public void A_threshold_step_is_a_circuit_with_that_threshold_and_a_hot_one_conducts_earlier()
    {
        var still = CircuitBenchOptions.Ideal;
        float[] drive = Stimuli.Constant(Samples, 6);
        float[] stepped = Run(still with { Faults = [NamedFault.Parse("drift.step=0.2@10")] }, 10, drive);
        Assert.Equal(Run(still with { Parameters = still.Parameters with { ThresholdVolts = still.Parameters.ThresholdVolts + 0.2 } }, 0, drive), stepped);
        Assert.Equal(Run(still, 0, drive), Run(still with { Faults = [NamedFault.Parse("drift.step=0.2@10")] }, 9, drive));

        float[] hot = Run(still with { Faults = [NamedFault.Parse("temp.ramp=20")] }, 10_000, drive);
        var at20Kelvin = still.Parameters with { ThresholdVolts = 2.1 - 0.04, TransconductanceAmperePerSquareVolt = 0.1 * 0.94 };
        float[] expected = Run(still with { Parameters = at20Kelvin }, 0, drive);
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(expected), Stimuli.ToDouble(hot)), 1e-6); // rounding
    }

    [Fact]
    public void Another_regime_moves_threshold_transconductance_and_capacitance_at_once()
    {
        var still = CircuitBenchOptions.Ideal;
        float[] drive = Stimuli.LowPassedBipolar(4, Samples);
        float[] whole = Run(still with { Faults = [NamedFault.Parse("drift.regime@10")] }, 10, drive);
        var other = still.Parameters with { ThresholdVolts = 2.1 * 1.25, TransconductanceAmperePerSquareVolt = 0.05, CapacitanceFarad = 33e-9 };
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(Run(still with { Parameters = other }, 0, drive)), Stimuli.ToDouble(whole)), 1e-6); // rounding
        double change = Stimuli.RmsDifference(Stimuli.ToDouble(whole), Stimuli.ToDouble(Run(still, 0, drive)));
        Assert.InRange(change / Stimuli.Rms(Stimuli.ToDouble(whole)), 0.05, 1); // another regime, not a nuance: noise is 0.01 V of 1 V
    }

    [Fact]
    public void Heteroscedastic_noise_grows_with_the_volts_read()
    {
        const int shots = 2000;
        float[] drive = new float[shots * Samples];
        drive.AsSpan().Fill(1.9f);
        var quiet = OneThread with { Tolerances = CircuitTolerances.None, Drift = CircuitDrift.None };
        float[] ideal = Run(quiet with { Noise = CircuitNoise.None }, 0, drive);
        float[] noisy = Run(quiet with { Noise = CircuitNoise.Typical with { GainJitterRms = 0 }, Faults = [NamedFault.Parse("noise.hetero=3")] }, 0, drive);
        double[] atLast = [.. Enumerable.Range(1, shots).Select(n => (double)noisy[n * Samples - 1] - ideal[n * Samples - 1])];
        double expected = 10e-3 * (1 + 3 * Math.Abs(ideal[Samples - 1]));
        Assert.Equal(expected, Stimuli.Rms(atLast), 5 * expected / Math.Sqrt(2 * shots));
    }

    [Fact]
    public void A_drive_out_of_range_or_not_a_number_is_refused_before_anything_is_computed()
    {
        var bench = new CircuitBench(CircuitBenchOptions.Ideal);
        float[] node = [7f, 7f];
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, 21f], [0f], node)).Message;
        Assert.StartsWith("Asked the circuit for a drive from 0 V to 21 V with a bias of 0 V; their sum may reach ±20 V.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, float.NaN], [0f], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [float.NaN, 0f], [0f], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, 0f], [float.NaN], node));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Run(0, 1, 2, [0f, 15f], [6f], node));
        Assert.Throws<ArgumentException>(() => bench.Run(0, 1, 2, [0f, 0f], [], node));
        Assert.Equal([7f, 7f], node);
    }

    [Fact]
    public void Parameters_outside_their_range_are_refused_with_the_range()
    {
        CircuitParameters odd = CircuitParameters.Nominal with { ThresholdVolts = 0.3 };
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new CircuitBench(new CircuitBenchOptions { Parameters = odd })).Message;
        Assert.StartsWith("Asked for ThresholdVolts = 0.3 V; possible is 1.2 to 5 V.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CircuitParameterRanges.Require(CircuitParameters.Nominal with { SlopeFactor = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CircuitParameterRanges.Require(CircuitParameters.Nominal with { SampleRateHz = 44.1e3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CircuitParameterRanges.Require(default));
        Assert.Equal(CircuitParameters.Nominal, CircuitParameterRanges.Require(CircuitParameters.Nominal));
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        float[] drive = Drives(40, 12);
        Assert.Equal("10665B2F2EAA9E9A", Bits.Of(Run(OneThread, 123, drive)));
    }

    private static float[] Drives(int shots, float peakVolts) => Stimuli.White(99, shots * Samples, peakVolts);

    private static float[] Run(CircuitBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new CircuitBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [0.1f], node);
        return node;
    }
}
