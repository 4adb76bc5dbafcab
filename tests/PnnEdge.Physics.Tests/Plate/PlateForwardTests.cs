using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateForwardTests(ITestOutputHelper output)
{
    private static readonly PlateParameters P = PlateParameters.Nominal;
    private static readonly PlateRig Rig = new(P);

    [Theory]
    [InlineData("white ±1 V", 1e-4)]
    [InlineData("0–1 V, half of it 0", 3e-4)]
    [InlineData("held 1 V", 6e-4)]
    [InlineData("white ±1 V, each held 4 samples", 6e-4)]
    public void Single_precision_follows_the_double_reference(string stimulus, double most)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            float[] drive = PlateStimuli.Of(stimulus, seed);
            double error = PlateStimuli.RelativeError(PlateStimuli.Reference(Rig, drive), PlateStimuli.Ideal(P, drive));
            output.WriteLine($"{stimulus}, seed {seed}: {error:e2}");

            // The splitting's error was measured at about two thirds of each limit; all are below the 1e-3 that the design asks for.
            Assert.InRange(error, 0, most);
        }
    }

    [Fact]
    public void The_reference_does_not_change_when_its_step_is_halved()
    {
        float[] drive = PlateStimuli.Of("white ±1 V");

        // RK4 at 1/32 sample: 20 times finer than the comparison above needs.
        Assert.InRange(PlateStimuli.RelativeError(PlateStimuli.Reference(Rig, drive, finer: 16), PlateStimuli.Reference(Rig, drive)), 0, 1e-6);
    }

    [Fact]
    public void Halving_the_splitting_s_step_quarters_its_error()
    {
        float[] drive = PlateStimuli.Of("held 1 V"); // the drive that splitting does worst at: its error stays above single precision's 1e-5
        double[] exact = PlateStimuli.Reference(Rig, drive);
        double[] errors = [.. new[] { 1, 2, 4 }.Select(finer =>
        {
            // The same volts at a multiple of the rate are the same shot in finer steps.
            double[] node = PlateStimuli.Ideal(P with { SampleRateHz = P.SampleRateHz * finer }, PlateStimuli.Held(drive, finer));
            return PlateStimuli.RelativeError(exact, [.. exact.Select((_, n) => node[(n + 1) * finer - 1])]);
        })];
        output.WriteLine(string.Join(", ", errors.Select(error => $"{error:e2}")));

        // Second order; in the last one single precision's rounding, 3e-5 of the signal, already shows.
        Assert.InRange(errors[0] / errors[1], 3.8, 4.2);
        Assert.InRange(errors[1] / errors[2], 2, 4.5);
    }

    [Fact]
    public void A_plate_alone_keeps_its_energy()
    {
        PlateParameters alone = P with
        {
            DampingFactor = 0,
            Speaker = P.Speaker with { ForceFactorTeslaMetre = 0, StiffnessNewtonPerMetre = 0, DragNewtonSecondPerMetre = 0 },
        };
        var rig = new PlateRig(alone);
        var start = new PlateState();
        for (int k = 1; k < PlateModes.Count; k++)
        {
            start.Metre[k] = 2.5e-6 * Math.Cos(k) * rig.RadPerSecond[1] / rig.RadPerSecond[k]; // large enough that the membrane term matters
        }

        double atStart = Energy(rig, start, out double stretching);
        Assert.InRange(stretching / atStart, 0.005, 0.2);

        double[] still = new double[400];
        PlateState end = PlateReference.Run(rig, still, new double[400], start);
        Assert.Equal(1, Energy(rig, end, out _) / atStart, 1e-6); // RK4's own loss over 13,000 steps

        // The splitting's energy is off by its step squared and returns: it must not creep.
        var plate = new LanePlate();
        plate.Set(0, rig, 1, 1);
        plate.Start(0, start);
        double[] relative = new double[4000];
        for (int n = 0; n < relative.Length; n++)
        {
            plate.Advance(System.Numerics.Vector<float>.Zero);
            relative[n] = Energy(rig, StateOf(plate), out _) / atStart - 1;
        }

        output.WriteLine($"energy within {relative.Min():e2} … {relative.Max():e2}, first and last quarter {relative[..1000].Average():e2}, {relative[3000..].Average():e2}");
        Assert.InRange(relative.Max(Math.Abs), 0, 2e-2);
        Assert.Equal(relative[..1000].Average(), relative[3000..].Average(), 1e-3);
    }

    [Fact]
    public void Full_random_drive_is_heard_within_one_volt_and_bent_by_five_to_six_percent()
    {
        const int shots = 100;
        float[] drive = Stimuli.White(7, shots * PlateStimuli.Samples, 1);
        float[] bent = new float[drive.Length];
        float[] straight = new float[drive.Length];
        new PlateBench(PlateBenchOptions.Ideal).Run(0, shots, PlateStimuli.Samples, drive, [], bent);
        PlateParameters without = P with { Plate = P.Plate with { CubicPerSquareMetreSecond = 0 } };
        new PlateBench(PlateBenchOptions.Ideal with { Parameters = without }).Run(0, shots, PlateStimuli.Samples, drive, [], straight);

        double[] volts = Stimuli.ToDouble(bent);
        double bending = PlateStimuli.RelativeError(Stimuli.ToDouble(straight), volts);
        output.WriteLine($"{Stimuli.Rms(volts):f3} V rms, {volts.Count(v => Math.Abs(v) > 1) / (double)volts.Length:p2} above 1 V, membrane term {bending:p2}");
        Assert.InRange(Stimuli.Rms(volts), 0.2, 0.35);
        Assert.InRange(volts.Count(v => Math.Abs(v) > 1), 0, volts.Length / 200);
        Assert.InRange(bending, 0.05, 0.06);
    }

    [Fact]
    public void The_amplifier_distorts_a_full_sine_by_half_a_percent()
    {
        double[] sines = [.. Enumerable.Range(0, 1000).Select(n => Math.Sin(2 * Math.PI * n / 1000))];
        double[] out1 = [.. sines.Select(P.Amplifier.Clipped)];
        double first = Math.Abs(out1.Select((v, n) => v * Math.Sin(2 * Math.PI * n / 1000)).Sum());
        double third = Math.Abs(out1.Select((v, n) => v * Math.Sin(2 * Math.PI * 3 * n / 1000)).Sum());
        Assert.Equal(0.005, third / first, 2e-4); // the next term of the clip's series
    }

    [Fact]
    public void A_sample_cannot_see_later_samples()
    {
        float[] drive = PlateStimuli.Of("white ±1 V", 5);
        float[] other = [.. drive];
        Array.Fill(other, -0.5f, 100, 96);
        double[] a = PlateStimuli.Ideal(P, drive);
        double[] b = PlateStimuli.Ideal(P, other);
        Assert.Equal(a[..100], b[..100]);
        Assert.NotEqual(a[100], b[100]);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(2f)]
    public void The_cone_stays_where_its_force_factor_is_positive_at_one_volt_and_finite_at_the_largest_drive(float volts)
    {
        // The worst that a drive can do: back and forth at the cone's own resonance of 65 Hz.
        float[] drive = [.. Enumerable.Range(0, 6000).Select(n => n / 738 % 2 == 0 ? volts : -volts)];
        double travelled = 0;
        PlateState state = new();
        for (int at = 0; at < drive.Length; at += 60)
        {
            state = PlateReference.Run(Rig, Stimuli.ToDouble(drive[at..(at + 60)]), new double[60], state, finer: 1);
            travelled = Math.Max(travelled, Math.Abs(Enumerable.Range(0, PlateModes.Count).Sum(k => Rig.Modes.DriveShape[k] * state.Metre[k])));
        }

        output.WriteLine($"{travelled * 1e3:f2} mm");
        Assert.InRange(travelled / P.Speaker.TravelMetre, 0, volts == 1 ? 0.9 / Math.Sqrt(P.Speaker.ForceFactorFall) : 3);
        Assert.All(PlateStimuli.Ideal(P, drive), v => Assert.InRange(Math.Abs(v), 0, 100));
    }

    // In units of the modal mass: every mode has the same.
    private static double Energy(PlateRig rig, PlateState state, out double stretching)
    {
        double energy = 0;
        double stretch = 0;
        for (int k = 0; k < PlateModes.Count; k++)
        {
            energy += (Square(state.MetrePerSecond[k]) + Square(rig.RadPerSecond[k] * state.Metre[k])) / 2;
            stretch += rig.StretchShape(k) * Square(state.Metre[k]);
        }

        stretching = rig.Parameters.Plate.CubicPerSquareMetreSecond * Square(stretch) / 4;
        return energy + stretching;

        static double Square(double value) => value * value;
    }

    private static PlateState StateOf(LanePlate plate)
    {
        var state = new PlateState();
        for (int k = 0; k < PlateModes.Count; k++)
        {
            state.Metre[k] = plate.Modes[k].Metre[0];
            state.MetrePerSecond[k] = plate.Modes[k].MetrePerSecond[0];
        }

        return state;
    }
}
