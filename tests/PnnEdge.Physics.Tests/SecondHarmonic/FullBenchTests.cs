using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The bench whose crystal has the full equations; what it shares with the other crystal, <see cref="SecondHarmonicBenchTests"/> hold.</summary>
public class FullBenchTests(ITestOutputHelper output)
{
    private const int Samples = Amplitudes.Samples;

    private static readonly SecondHarmonicBenchOptions OneThread = new() { Seed = 5, Threads = 1, Crystal = CrystalEquations.Full };

    private static readonly SecondHarmonicBenchOptions Still = OneThread with { Noise = SecondHarmonicNoise.None, Drift = SecondHarmonicDrift.None };

    [Fact]
    public void A_shot_is_bit_equal_however_the_batch_is_cut_and_however_many_threads_compute_it()
    {
        const int shots = 61;
        const ulong first = 64_000 - 12; // the drift is looked up anew at 64,000
        float[] drive = Amplitudes.RandomShots(1, shots);
        SecondHarmonicBenchOptions options = OneThread with { Faults = Faults.These("rig.swap@63992, temp.ramp, drift.regime=0.3@64010") };
        float[] whole = Run(options, first, drive);
        Assert.Equal(whole, Run(options with { Threads = 3 }, first, drive));
        Assert.Equal(whole, Run(options with { Threads = 16 }, first, drive));

        var bench = new SecondHarmonicBench(options with { Threads = 2 });
        int[] cuts = [0, 1, 3, 10, 27, 28, 61];
        float[] pieces = new float[drive.Length];
        for (int n = cuts.Length - 2; n >= 0; n--)
        {
            int at = cuts[n] * Samples;
            int length = (cuts[n + 1] - cuts[n]) * Samples;
            bench.Run(first + (ulong)cuts[n], cuts[n + 1] - cuts[n], Samples, drive.AsSpan(at, length), [], pieces.AsSpan(at, length));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Depletion_and_dispersion_change_a_random_shot_s_reading_by_less_than_its_noise()
    {
        float[] drive = Amplitudes.RandomShots(2, 64);
        float[] full = Run(SecondHarmonicBenchOptions.Ideal with { Threads = 1, Crystal = CrystalEquations.Full }, 0, drive);
        float[] undepleted = Run(SecondHarmonicBenchOptions.Ideal with { Threads = 1 }, 0, drive);
        double difference = RelativeRms(full, undepleted);
        output.WriteLine($"full against undepleted: {difference:p2} rms of the reading");

        // κ|A|L is some 0.09 at the peak of a random pulse: tanh² is 0.5 % below its square there, and dispersion adds half as much.
        Assert.InRange(difference, 2e-3, 9e-3);
        Assert.True(full.Sum() < undepleted.Sum(), "depletion gave light");
    }

    [Theory]
    [InlineData("drift.gain=-0.2")]
    [InlineData("drift.offset=0.1")]
    [InlineData("drift.step=0.02")]
    [InlineData("drift.regime=0.5")]
    [InlineData("temp.ramp=20")]
    [InlineData("opt.dark=0.1")]
    [InlineData("opt.phase=2")]
    [InlineData("opt.power=0.7")]
    [InlineData("rig.swap")]
    public void A_fault_acts_on_it_as_on_the_undepleted_crystal(string fault)
    {
        const ulong shot = 200_000;
        float[] drive = Amplitudes.RandomShots(3, 8);
        float[] full = Change(Still);
        float[] undepleted = Change(Still with { Crystal = CrystalEquations.Undepleted });
        double difference = RelativeRms(full, undepleted);
        output.WriteLine($"{fault}: the change differs by {difference:p2} of its rms");

        // Half of a percent of the reading is the other crystal's; of what a fault changes, some percent. A fault that does not
        // reach the crystal leaves 100 %.
        Assert.InRange(difference, 0, 0.05);
        Assert.True(Amplitudes.Rms(undepleted.Select(value => (double)value)) > 1e-3, "the fault changes nothing");

        float[] Change(SecondHarmonicBenchOptions options) =>
            [.. Run(options with { Faults = Faults.These(fault) }, shot, drive).Zip(Run(options, shot, drive), (with, without) => with - without)];
    }

    [Fact]
    public void Noise_and_drift_act_on_it()
    {
        float[] drive = Amplitudes.RandomShots(4, 8);
        const ulong shot = 3_000_000;
        float[] still = Run(Still, shot, drive);
        Assert.Equal(still, Run(Still, 0, drive));

        // 1 % of the reading and 0.4 % of 1 V on readings of some 0.3 V; a drift of eight hours shifts the spectrum by 0.2 %.
        Assert.InRange(RelativeRms(Run(Still with { Noise = SecondHarmonicNoise.Typical }, shot, drive), still), 0.01, 0.06);
        Assert.InRange(RelativeRms(Run(Still with { Drift = SecondHarmonicDrift.Typical }, shot, drive), still), 1e-3, 0.1);
        Assert.NotEqual(still, Run(Still with { Serial = 2 }, shot, drive));
    }

    [Fact]
    public void What_the_z_steps_cannot_follow_is_refused_in_one_sentence()
    {
        SecondHarmonicParameters p = SecondHarmonicParameters.Nominal;
        string coupling = Refused(p with { CouplingPerMm = 20 });
        Assert.StartsWith("Asked the full crystal for κ|A| = 0.8 along one of 25 z-steps; possible is up to 0.32: ", coupling, StringComparison.Ordinal);
        string mismatch = Refused(p with { PhaseMismatchPerMm = -2 * Math.PI * 50 });
        Assert.StartsWith("Asked the full crystal for a mismatch of 6.5", mismatch, StringComparison.Ordinal);
        Assert.StartsWith("Asked the full crystal for a mismatch of ", Refused(p with { CrystalMm = 2.3 }), StringComparison.Ordinal);
        Assert.StartsWith("Asked for CrystalMm = 11 mm; ", Refused(p with { CrystalMm = 11 }), StringComparison.Ordinal);
        _ = new SecondHarmonicBench(OneThread with { Crystal = CrystalEquations.Undepleted, Parameters = p with { CouplingPerMm = 20 } });

        static string Refused(SecondHarmonicParameters parameters) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new SecondHarmonicBench(OneThread with { Parameters = parameters })).Message;
    }

    [Fact]
    public void Nothing_is_allocated_once_the_largest_batch_was_seen()
    {
        float[] drive = Amplitudes.RandomShots(7, 20);
        float[] node = new float[drive.Length];
        var bench = new SecondHarmonicBench(OneThread with { Faults = Faults.These("temp.ramp=20") });
        bench.Run(0, 20, Samples, drive, [], node);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong n = 1; n < 5; n++)
        {
            bench.Run(n * 1000, 20, Samples, drive, [], node); // the crystal's table is set anew
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        byte[] node = [.. Run(OneThread, 123, Amplitudes.RandomShots(8, 20)).SelectMany(BitConverter.GetBytes)];
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(node))[..16];

        // Written down from 256-bit vectors; 128- and 512-bit ones and a machine without fused hardware gave it too. A change of the physics changes it.
        Assert.Equal("73D348446EF04D59", hash);
    }

    private static double RelativeRms(float[] values, float[] truth) =>
        Amplitudes.Rms(values.Zip(truth, (a, b) => (double)a - b)) / Amplitudes.Rms(truth.Select(value => (double)value));

    private static float[] Run(SecondHarmonicBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new SecondHarmonicBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [], node);
        return node;
    }
}
