using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The bench whose crystal has the full equations; what it shares with the other crystal, <see cref="SecondHarmonicBenchTests"/> hold.</summary>
public class FullBenchTests(ITestOutputHelper output)
{
    private const int Samples = Amplitudes.Samples;

    private static readonly SecondHarmonicBenchOptions OneThread = new() { Seed = 5, Threads = 1, Crystal = CrystalEquations.Full };

    private static readonly SecondHarmonicBenchOptions Still = OneThread with { Noise = SecondHarmonicNoise.None, Drift = SecondHarmonicDrift.None };

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
            [.. Run(options with { Faults = Faults.These(fault) }, shot, drive).Paired(Run(options, shot, drive), (with, without) => with - without)];
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
    public void The_bits_are_the_same_on_every_machine()
    {
        Assert.Equal("73D348446EF04D59", Bits.Of(Run(OneThread, 123, Amplitudes.RandomShots(8, 20))));
    }

    private static double RelativeRms(float[] values, float[] truth) =>
        Amplitudes.Rms(values.Paired(truth, (a, b) => (double)a - b)) / Amplitudes.Rms(truth.Select(value => (double)value));

    private static float[] Run(SecondHarmonicBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new SecondHarmonicBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [], node);
        return node;
    }
}
