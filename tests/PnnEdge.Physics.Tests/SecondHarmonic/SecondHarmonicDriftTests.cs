using PnnEdge.Physics.Channel;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>What changes slowly, and what faults do.</summary>
public class SecondHarmonicDriftTests
{
    private static readonly SecondHarmonicBenchOptions Still = SecondHarmonicBenchOptions.Ideal with { Threads = 1 };

    private static readonly SecondHarmonicParameters P = SecondHarmonicParameters.Nominal;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void The_spectrum_wanders_with_the_root_of_time(int minutes)
    {
        SecondHarmonicDrift drift = SecondHarmonicDrift.Typical;
        const int benches = 3000;
        double[] shifts = [.. Enumerable.Range(0, benches).Select(seed =>
        {
            var chance = new ChanceSource((ulong)seed, 1);
            ulong begin = (ulong)seed * 7919;
            return drift.ShiftWindows(chance, begin + (ulong)minutes * drift.ShotsPerMinute) - drift.ShiftWindows(chance, begin);
        })];
        double expected = 1e-4 * Math.Sqrt(minutes);

        // The octaves' ripple, 6 % of the square, and five standard errors.
        Assert.Equal(expected, Amplitudes.Rms(shifts), expected * (0.03 + 5 / Math.Sqrt(2.0 * benches)));
    }

    [Fact]
    public void Energy_and_dispersion_drift_as_stated_and_slowly_and_the_spectrum_starts_aligned()
    {
        SecondHarmonicDrift drift = SecondHarmonicDrift.Typical;
        var chance = new ChanceSource(8, 9);
        ulong half = drift.MinutesPerKnot * drift.ShotsPerMinute / 2;
        double[] energy = [.. Enumerable.Range(0, 4000).Select(n => drift.PulseEnergy(chance, (ulong)n * half) - 1)];
        double[] dispersion = [.. Enumerable.Range(0, 4000).Select(n => drift.DispersionFs2(chance, (ulong)n * half))];

        // 2000 independent knots, seen at and between them: five standard errors of a standard deviation.
        Assert.Equal(5e-3, Amplitudes.Rms(energy), 5 * 5e-3 / Math.Sqrt(2 * 2000));
        Assert.Equal(5, Amplitudes.Rms(dispersion), 5 * 5 / Math.Sqrt(2 * 2000));
        Assert.Equal(0, drift.ShiftWindows(chance, 0));
        Assert.Equal(0, drift.ShiftWindows(chance, 3UL << 40)); // seed 3's first shot
        Assert.NotEqual(0, drift.ShiftWindows(chance, (3UL << 40) + (60 * drift.ShotsPerMinute)));

        // Between two look-ups the finest octave moves at most 20 σ per knot of 1500 shots, the coarser ones 1/√2, 1/2, … of that: 3.4 times it together.
        double finest = 0.399e-4 * Math.Sqrt(0.25) * 20 * 128 / 1500;
        for (ulong shot = 0; shot < 1_000_000; shot += 1280)
        {
            Assert.InRange(Math.Abs(drift.ShiftWindows(chance, shot + 128) - drift.ShiftWindows(chance, shot)), 0, 3.5 * finest);
        }
    }

    [Theory]
    [InlineData("drift.step=0.03")]
    [InlineData("drift.regime=0.5")]
    [InlineData("opt.phase=0.5")]
    [InlineData("temp.ramp=20")]
    public void A_fault_of_the_optics_is_a_bench_with_that_parameter(string fault)
    {
        double edge = P.WindowRadPerFs / 2;
        SecondHarmonicParameters changed = fault switch
        {
            "drift.step=0.03" => P with { ShiftWindows = 0.03 },
            "drift.regime=0.5" => P with { PhaseMismatchPerMm = 1.39155738 / P.CrystalMm },
            "opt.phase=0.5" => P with { GroupDelayDispersionFs2 = 120 + 2 * 0.5 / (edge * edge) },
            _ => P with { ShiftWindows = 20 * 0.9984 * 2e-4, PhaseMismatchPerMm = 20 * 0.9984 * 0.01 }, // looked up at 9984 of 10,000 shots
        };
        float[] drive = Amplitudes.RandomShots(1, 2);
        bool ramp = fault.StartsWith("temp", StringComparison.Ordinal);
        string asked = ramp ? fault : $"{fault}@1000";
        ulong before = ramp ? 127UL : 999; // the first look-up is at shot 0
        ulong seen = ramp ? 9999UL : 1000;
        float[] faulty = Run(Still with { Faults = [NamedFault.Parse(asked)] }, seen, drive);
        float[] expected = Run(Still with { Parameters = changed }, 0, drive);

        // The same optics, but for the last bit of a parameter.
        Assert.InRange(Amplitudes.LargestDifference(Amplitudes.BinsOf(expected, 0), Amplitudes.BinsOf(faulty, 0)), 0, 1e-6);
        Assert.True(Amplitudes.LargestDifference(Amplitudes.BinsOf(Run(Still, 0, drive), 0), Amplitudes.BinsOf(faulty, 0)) > 1e-3, "the fault must be seen");
        Assert.Equal(Run(Still, 0, drive)[..Amplitudes.Samples], Run(Still with { Faults = [NamedFault.Parse(asked)] }, before, drive)[..Amplitudes.Samples]);
    }

    [Fact]
    public void A_power_meter_before_the_crystal_sees_drift_and_the_power_fault_and_no_jitter()
    {
        var still = new SecondHarmonicBench(Still with { Faults = [NamedFault.Parse("opt.power=0.9@1000")] });
        Assert.Equal((1, 0.9), (still.PulseEnergy(999), still.PulseEnergy(1000)));
        var drifting = new SecondHarmonicBench(new SecondHarmonicBenchOptions { Threads = 1 });
        Assert.Equal(drifting.PulseEnergy(500_000), drifting.PulseEnergy(500_001)); // one look-up of the drift; jitter would differ
        Assert.NotEqual(drifting.PulseEnergy(0), drifting.PulseEnergy(500_000));
        Assert.Equal(1, drifting.PulseEnergy(500_000), 0.02); // 0.5 % rms, never beyond four times that
    }

    [Fact]
    public void Power_dark_gain_and_offset_act_on_the_reading()
    {
        float[] drive = Amplitudes.RandomShots(2, 1);
        double plain = Brightest("");
        Assert.Equal(plain * 0.81, Brightest("opt.power=0.9"), 1e-6); // the square; rounding
        Assert.Equal(plain * 0.81 * 0.25, Brightest("opt.power=0.9, opt.power=0.5"), 1e-6);
        Assert.Equal(plain + 0.02, Brightest("opt.dark"), 1e-6);
        Assert.Equal((plain + 0.02) * 0.98 + 0.05, Brightest("opt.dark, drift.gain, drift.offset"), 1e-6);
        Assert.Equal(plain, Brightest("opt.power=0.9@10001, opt.dark@10001"));

        double Brightest(string faults) => Amplitudes.BinsOf(Run(Still with { Faults = Faults.These(faults) }, 10_000, drive), 0).Max();
    }

    [Fact]
    public void A_dead_pixel_lets_all_through_and_a_dead_bin_reads_0_V_from_their_first_shot_on()
    {
        float[] drive = Amplitudes.RandomShots(2, 1), open = [.. drive];
        open[99] = 1;
        float[] dead = Run(Still with { Faults = Faults.These("opt.pixel=99@1000, opt.bin=0@1000") }, 1000, drive), expected = Run(Still, 1000, open);
        Assert.NotEqual(0, Amplitudes.BinsOf(expected, 0)[0]);
        Assert.Equal([0f, .. Amplitudes.BinsOf(expected, 0)[1..]], Amplitudes.BinsOf(dead, 0));
        Assert.Equal(Run(Still, 999, drive), Run(Still with { Faults = Faults.These("opt.pixel=99@1000, opt.bin=0@1000") }, 999, drive));
    }

    [Fact]
    public void A_three_percent_shift_changes_the_reading_by_a_tenth()
    {
        const int shots = 200;
        float[] drive = Amplitudes.RandomShots(3, shots);
        float[] plain = Run(Still, 0, drive);
        float[] shifted = Run(Still with { Faults = [NamedFault.Parse("drift.step=0.03")] }, 0, drive);
        double change = Amplitudes.Rms(plain.Paired(shifted, (a, b) => (double)a - b)) / Amplitudes.Rms(plain.Select(volts => (double)volts));
        Assert.InRange(change, 0.07, 0.11); // what the equations give for white amplitudes
    }

    [Fact]
    public void A_fault_without_a_meaning_for_light_is_refused()
    {
        string message = Assert.Throws<ArgumentException>(() => new SecondHarmonicBench(Still with { Faults = [NamedFault.Parse("memory")] })).Message;
        Assert.StartsWith("Asked the shg for fault memory, which belongs to Physics; the shg can inject drift.gain, drift.offset, drift.step,", message, StringComparison.Ordinal);
    }

    private static float[] Run(SecondHarmonicBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new SecondHarmonicBench(options).Run(firstShot, drive.Length / Amplitudes.Samples, Amplitudes.Samples, drive, [], node);
        return node;
    }
}
