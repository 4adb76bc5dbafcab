using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Loopback;

namespace PnnEdge.Physics.Tests.Loopback;

public class LoopbackBenchTests
{
    private static float[] Play(LoopbackBenchOptions options, float volts, int samples = 1000, int shots = 1, ulong first = 0)
    {
        float[] drive = new float[shots * samples], node = new float[shots * samples];
        drive.AsSpan().Fill(volts);
        new LoopbackBench(options).Run(first, shots, samples, drive, [], node);
        return node;
    }

    private static LoopbackBenchOptions Still(ulong serial = 1) => new() { Serial = serial, Noise = OutputNoise.None, GainDriftRms = 0, OffsetDriftVoltsRms = 0 };

    [Fact]
    public void An_ideal_plug_is_a_wire() => Assert.All(Play(LoopbackBenchOptions.Ideal, 2.5f), volts => Assert.Equal(2.5f, volts));

    [Fact]
    public void A_unit_has_a_gain_and_an_offset_of_its_own_inside_the_tolerances()
    {
        float[] gains = [.. Enumerable.Range(1, 50).Select(serial => (Play(Still((ulong)serial), 8, 1)[0] - Play(Still((ulong)serial), -8, 1)[0]) / 16)];
        float[] offsets = [.. Enumerable.Range(1, 50).Select(serial => Play(Still((ulong)serial), 0, 1)[0])];
        Assert.All(gains, gain => Assert.InRange(gain, 1 - 2.001e-3f, 1 + 2.001e-3f)); // float32 of 8 V
        Assert.All(offsets, offset => Assert.InRange(offset, -5e-3f, 5e-3f));
        Assert.Equal(50, gains.Distinct().Count());
        Assert.True(gains.Max() - gains.Min() > 3e-3 && offsets.Max() - offsets.Min() > 8e-3, "Fifty units fill most of the tolerance.");
    }

    [Fact]
    public void Noise_has_its_size_and_is_another_in_every_shot()
    {
        float[] still = Play(Still(), 1, 2000, 4), noisy = Play(Still() with { Noise = LoopbackBenchOptions.TypicalNoise }, 1, 2000, 4);
        double rms = Math.Sqrt(noisy.Zip(still, (a, b) => (double)(a - b) * (a - b)).Average());
        Assert.Equal(5e-3, rms, 4 * 5e-3 / Math.Sqrt(2 * 8000)); // four of its own standard deviations
        Assert.NotEqual(noisy[..2000], noisy[2000..4000]);
    }

    [Fact]
    public void Another_plug_and_drifts_with_a_name_do_what_they_say()
    {
        LoopbackBenchOptions With(params string[] faults) => Still() with { Faults = [.. faults.Select(NamedFault.Parse)] };
        Assert.Equal(Play(Still(4), 3, 1), Play(With("rig.swap=3"), 3, 1));
        Assert.Equal(Play(Still(), 3, 1)[0] * 0.9f, Play(With("drift.gain=-0.1"), 3, 1, 1, 10_000)[0], 1e-3f); // its offset of some mV is not multiplied
        Assert.Equal(Play(Still(), 3, 1)[0] + 0.2f, Play(With("drift.offset=0.2"), 3, 1, 1, 10_000)[0], 1e-5f);
        Assert.Contains("can inject drift.gain, drift.offset, noise.hetero, rig.swap", Assert.Throws<ArgumentException>(() => new LoopbackBench(With("memory"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_own_drift_wanders_within_a_few_of_its_rms_and_is_the_same_however_it_is_played()
    {
        LoopbackBenchOptions drifting = Still() with { OffsetDriftVoltsRms = 2e-3 };
        float still = Play(Still(), 0, 1)[0];
        float[] wandering = [.. Enumerable.Range(0, 400).Select(i => Play(drifting, 0, 1, 1, (ulong)i * 15_000)[0] - still)];
        Assert.InRange(Math.Sqrt(wandering.Average(v => (double)v * v)), 1.6e-3, 2.4e-3); // 400 of 300 knots' worth: 4 %, five of those
        Assert.Equal(Play(drifting, 1, 4, 9, 777), Play(drifting with { Threads = 1 }, 1, 4, 9, 777));
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Contains("NaN V", Assert.Throws<ArgumentOutOfRangeException>(() => Play(Still(), float.NaN)).Message, StringComparison.Ordinal);
    }
}
