using System.Numerics;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The full equations in single precision: against the double-precision ones, their law and their limit.</summary>
public class LaneSplitStepTests(ITestOutputHelper output)
{
    private const int Steps = SecondHarmonicBench.CrystalSteps;

    private static readonly SecondHarmonicParameters P = SecondHarmonicParameters.Nominal;

    /// <summary>Half of the energy changes its colour, and every term acts.</summary>
    private static readonly SecondHarmonicParameters Strong = P with
    {
        CouplingPerMm = 8,
        PhaseMismatchPerMm = 1.5,
        GroupDelayDispersionFs2 = 1500,
        ThirdOrderDispersionFs3 = 20e3,
        PumpDispersionFs2PerMm = -300,
        HarmonicDispersionFs2PerMm = 900,
        ShiftWindows = -0.013,
        ReadBandFraction = 1,
    };

    /// <summary>
    /// Of the brightest bin. A turn's factor is rounded to 6e-8 once and used in every step, on the pump twice and on the harmonic:
    /// 25 steps leave up to 1.5e-6 of B, and twice that in |B|². The transforms' roundings, 500 with random signs, leave 0.7e-6 more.
    /// </summary>
    private const double Rounding = 4e-6;

    [Theory]
    [InlineData("default", 1)]
    [InlineData("twice the amplitude", 2)]
    [InlineData("half of the energy converted, every term on", 1)]
    [InlineData("spectrum beside the window", 1)]
    public void Single_precision_follows_the_double_reference(string optics, float amplitude)
    {
        SecondHarmonicParameters p = optics switch
        {
            "half of the energy converted, every term on" => Strong,
            "spectrum beside the window" => P with { ShiftWindows = 0.4 },
            _ => P,
        };
        int shots = Vector<float>.Count + 2;
        float[] drive = [.. Amplitudes.RandomShots(3, shots).Select(value => amplitude * value)];
        float[] node = Run(p, Steps, drive);
        double largest = 0;
        for (int shot = 0; shot < shots; shot++)
        {
            double[] reference = DepletedReference.Run(p, Amplitudes.OfShot(drive, shot), Steps);
            largest = Math.Max(largest, Amplitudes.LargestDifference(reference, Amplitudes.BinsOf(node, shot)) / reference.Max());
            Assert.All(node.Skip(shot * Amplitudes.Samples).Take(Amplitudes.Pixels), volts => Assert.Equal(0, volts));
        }

        output.WriteLine($"{optics}: {largest:e1} of the brightest bin");
        Assert.InRange(largest, 0, Rounding);
    }

    [Theory]
    [InlineData(0, Rounding)] // without a mismatch there is nothing that steps could miss
    [InlineData(180, 3e-4)] // the midpoint rule over 25 steps, 2·(ΔkL)²/(24·25²) of a frequency's power: ΔkL = 1.5 in a bin as bright as the brightest
    public void At_low_power_and_without_dispersion_it_is_the_undepleted_fast_model(double groupVelocityMismatchFsPerMm, double tolerance)
    {
        const double weaker = 400;
        SecondHarmonicParameters p = P with
        {
            CouplingPerMm = P.CouplingPerMm / weaker,
            ReadVoltsPerEnergy = P.ReadVoltsPerEnergy * weaker * weaker,
            GroupVelocityMismatchFsPerMm = groupVelocityMismatchFsPerMm,
            PumpDispersionFs2PerMm = 0,
            HarmonicDispersionFs2PerMm = 0,
        };
        const int shots = 11;
        float[] drive = Amplitudes.RandomShots(5, shots);
        float[] full = Run(p, Steps, drive);
        float[] undepleted = new float[drive.Length];
        new SecondHarmonicModel(p, threads: 1).Forward(shots, Amplitudes.Samples, drive, [], undepleted);
        double largest = full.Zip(undepleted, (a, b) => Math.Abs((double)a - b)).Max() / undepleted.Max();
        output.WriteLine($"{largest:e1} of the brightest bin");
        Assert.InRange(largest, 0, tolerance);
    }

    [Fact]
    public void A_bench_s_steps_leave_less_than_a_tenth_of_what_the_undepleted_equations_leave_out()
    {
        double[] amplitudes = Amplitudes.Random(6);
        double[] exact = DepletedReference.Run(P, amplitudes, 4 * Steps); // a sixteenth of the error
        double steps = Amplitudes.LargestDifference(DepletedReference.Run(P, amplitudes, Steps), exact);
        double equations = Amplitudes.LargestDifference(SecondHarmonicReference.Run(P, amplitudes), exact);
        output.WriteLine($"{steps / exact.Max():e1} of the brightest bin from {Steps} steps, {equations / exact.Max():e1} from the equations");
        Assert.InRange(steps / exact.Max(), 0, 2.5e-4); // a thirtieth of the read noise, 4e-3 V, on a brightest bin of 0.6 V
        Assert.InRange(steps / equations, 0, 0.1);
    }

    [Fact]
    public void Energy_is_conserved_while_half_of_it_changes_its_colour()
    {
        var table = new SplitStepTable(Steps);
        table.Set(Strong);
        var crystal = new LaneSplitStep();
        Complex[] pump = PulseShaper.Field(Strong, Amplitudes.Random(3));
        for (int sample = 0; sample < pump.Length; sample++)
        {
            crystal.PumpRe[sample] = new Vector<float>((float)pump[sample].Real);
            crystal.PumpIm[sample] = new Vector<float>((float)pump[sample].Imaginary);
        }

        crystal.Forward(table);
        const double length = LaneWideTransform.Length;
        double before = pump.Sum(value => value.Magnitude * value.Magnitude) * length * length;
        double converted = Energy(crystal.HarmonicRe, crystal.HarmonicIm) / before;
        double change = converted + Energy(crystal.PumpRe, crystal.PumpIm) / before - 1;
        output.WriteLine($"converted {converted:p1}, energy changed by {change:e1}");
        Assert.InRange(converted, 0.3, 0.9);
        Assert.InRange(Math.Abs(change), 0, 5e-6); // as a reading's rounding; RK4's own is some 1e-7
    }

    [Fact]
    public void The_wide_transform_there_and_back_gives_1024_times_the_values_and_a_frequency_is_one_of_them()
    {
        var random = new Random(9);
        const int length = LaneWideTransform.Length;
        double[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        Vector<float>[] re = [.. values.Select(value => new Vector<float>((float)value))];
        Vector<float>[] im = [.. values.Reverse().Select(value => new Vector<float>((float)value))];
        ToTime(re, im);
        ToSpectrum(re, im);
        for (int n = 0; n < length; n++)
        {
            Assert.Equal(values[n], re[n][0] / length, 1e-6); // 20 passes at 6e-8 of a peak of ½
            Assert.Equal(values[^(n + 1)], im[n][Vector<float>.Count - 1] / length, 1e-6);
        }

        // The square in time of one frequency is the doubled one, 700 + 700 − 1024.
        Array.Clear(re);
        Array.Clear(im);
        re[700] = Vector<float>.One;
        ToTime(re, im);
        for (int n = 0; n < length; n++)
        {
            (re[n], im[n]) = (re[n] * re[n] - im[n] * im[n], 2f * re[n] * im[n]);
        }

        ToSpectrum(re, im);
        for (int n = 0; n < length; n++)
        {
            Assert.Equal(n == 1400 - 1024 ? 1 : 0, re[n][0] / length, 2e-6);
            Assert.Equal(0, im[n][0] / length, 2e-6);
        }
    }

    private static void ToTime(Vector<float>[] re, Vector<float>[] im)
    {
        LaneWideTransform.Split(re, im);
        for (int at = 0; at < LaneWideTransform.Length; at += LaneWideTransform.Quarter)
        {
            LaneWideTransform.Forward(re.AsSpan(at, LaneWideTransform.Quarter), im.AsSpan(at, LaneWideTransform.Quarter));
        }
    }

    private static void ToSpectrum(Vector<float>[] re, Vector<float>[] im)
    {
        for (int at = 0; at < LaneWideTransform.Length; at += LaneWideTransform.Quarter)
        {
            LaneWideTransform.Inverse(re.AsSpan(at, LaneWideTransform.Quarter), im.AsSpan(at, LaneWideTransform.Quarter));
        }

        LaneWideTransform.Join(re, im);
    }

    private static double Energy(ReadOnlySpan<Vector<float>> re, ReadOnlySpan<Vector<float>> im)
    {
        double sum = 0;
        for (int n = 0; n < re.Length; n++)
        {
            sum += (double)re[n][0] * re[n][0] + (double)im[n][0] * im[n][0];
        }

        return sum;
    }

    private static float[] Run(SecondHarmonicParameters p, int steps, float[] drive)
    {
        float[] node = new float[drive.Length];
        var optics = new LaneDepletedOptics(steps);
        var table = new OpticalTable();
        table.Set(p, [.. Enumerable.Repeat(1.0, Amplitudes.Pixels)]);
        optics.Set(p);
        int most = Vector<float>.Count * Amplitudes.Samples;
        for (int at = 0; at < drive.Length; at += most)
        {
            int length = Math.Min(most, drive.Length - at);
            optics.Forward(table, length / Amplitudes.Samples, drive.AsSpan(at, length), node.AsSpan(at, length));
        }

        return node;
    }
}
