using System.Numerics;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The full equations: their laws, their limit, their order, and an independent solver.</summary>
public class DepletedTests(ITestOutputHelper output)
{
    private static readonly SecondHarmonicParameters P = SecondHarmonicParameters.Nominal;

    /// <summary>Half of the energy changes its colour, and every term acts.</summary>
    private static readonly SecondHarmonicParameters Strong = P with
    {
        CouplingPerMm = 8,
        PhaseMismatchPerMm = 1.5,
        GroupDelayDispersionFs2 = 1500,
        ThirdOrderDispersionFs3 = 20e3,
    };

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_phase_matched_continuous_wave_converts_as_tanh_squared(double amplitude)
    {
        SecondHarmonicParameters p = P with { CouplingPerMm = 2, CrystalMm = 0.5 };
        Complex[] pump = [.. Enumerable.Repeat(Complex.FromPolarCoordinates(amplitude, 0.7), 4)];
        var harmonic = new Complex[4];
        SplitStepCrystal.Propagate(p, 1e-3, 0, pump, harmonic);
        double efficiency = Math.Pow(harmonic[0].Magnitude / amplitude, 2);

        // RK4 at κ|A₀|h = 0.06: h⁴ of a local rate leaves below 1e-6.
        Assert.Equal(Math.Pow(Math.Tanh(2 * 0.5 * amplitude), 2), efficiency, 1e-6);
    }

    [Fact]
    public void Energy_is_conserved_while_half_of_it_changes_its_colour()
    {
        Complex[] pump = Pulse(Strong, Amplitudes.Random(3));
        var harmonic = new Complex[pump.Length];
        double before = Energy(pump);
        SplitStepCrystal.Propagate(Strong, Strong.SpacingRadPerFs, Strong.SpacingRadPerFs / 2, pump, harmonic);
        double converted = Energy(harmonic) / before;
        double change = (Energy(pump) + Energy(harmonic)) / before - 1;
        output.WriteLine($"converted {converted:p1}, energy changed by {change:e1}");
        Assert.InRange(converted, 0.3, 0.9);
        Assert.InRange(Math.Abs(change), 0, 1e-6); // RK4's fifth order over 50 steps: 4e-9 were seen; the bound is the law's
    }

    [Fact]
    public void Halving_the_step_quarters_the_error()
    {
        Complex[] pump = PulseShaper.Field(Strong, Amplitudes.Random(4));
        Complex[] exact = DepletedReference.Harmonic(Strong, pump, 640);
        double Error(int steps) => RmsDifference(DepletedReference.Harmonic(Strong, pump, steps), exact);
        double coarse = Error(20);
        double middle = Error(40);
        double fine = Error(80);
        output.WriteLine($"errors {coarse:e2} {middle:e2} {fine:e2}");

        // The next order of h changes the ratio by a few percent, the exact one's own error by (80/640)² = 1.6 %.
        Assert.InRange(coarse / middle, 3.7, 4.3);
        Assert.InRange(middle / fine, 3.8, 4.2);
    }

    [Fact]
    public void At_low_power_and_without_dispersion_it_is_the_undepleted_crystal()
    {
        SecondHarmonicParameters p = Strong with { PumpDispersionFs2PerMm = 0, HarmonicDispersionFs2PerMm = 0 };
        Complex[] pump = PulseShaper.Field(p, [.. Amplitudes.Random(5).Select(amplitude => 1e-4 * amplitude)]);
        Complex[] undepleted = UndepletedCrystal.Harmonic(p, pump);
        Complex[] full = DepletedReference.Harmonic(p, pump, 800);
        double brightest = undepleted.Max(value => value.Magnitude);
        for (int k = 0; k < full.Length; k++)
        {
            // The closed form stands in a frame that runs with each Ω; in the pump's frame it lags by δΩL.
            Complex moved = undepleted[k] * Complex.FromPolarCoordinates(1, -p.GroupVelocityMismatchFsPerMm * UndepletedCrystal.RadPerFs(p, k) * p.CrystalMm);

            // The midpoint rule over 800 steps: (ΔkL)²/(24·800²) = 2e-6 at ΔkL = 5.5, less where it is bright; depletion is 1e-8.
            Assert.Equal(0, (full[k] - moved).Magnitude, 2e-6 * brightest);
        }
    }

    [Fact]
    public void At_full_drive_the_undepleted_reading_is_right_to_a_few_percent()
    {
        double[] undepleted = SecondHarmonicReference.Run(P, Amplitudes.All(1));
        double[] full = DepletedReference.Run(P, Amplitudes.All(1));
        double difference = Amplitudes.LargestDifference(full, undepleted) / undepleted.Max();
        double[] random = Amplitudes.Random(6);
        double[] typicalUndepleted = SecondHarmonicReference.Run(P, random);
        double typical = Amplitudes.LargestDifference(DepletedReference.Run(P, random), typicalUndepleted) / typicalUndepleted.Max();
        output.WriteLine($"full drive {difference:p2}, random {typical:p2}");

        // κ|A|L = 0.17 at the pulse's peak: tanh² is 1.9 % below its square there; at half the amplitude a quarter of that.
        Assert.InRange(difference, 0.005, 0.02);
        Assert.InRange(typical, 0.001, 0.005);
    }

    [Fact]
    public void An_independent_solver_with_sixteen_times_the_steps_agrees()
    {
        double[] amplitudes = Amplitudes.Random(7);
        (Complex[] oracle, double[] bins) = NumpyOracle.Run(Strong, amplitudes, 16 * SplitStepCrystal.Steps);
        Complex[] pump = PulseShaper.Field(Strong, amplitudes);
        Complex[] ours = DepletedReference.Harmonic(Strong, pump, SplitStepCrystal.Steps);
        Complex[] extrapolated = Extrapolated(DepletedReference.Harmonic(Strong, pump, 2 * SplitStepCrystal.Steps), ours);
        double size = RmsDifference(oracle, new Complex[oracle.Length]);
        double error = RmsDifference(ours, oracle) / size;
        double extrapolatedError = RmsDifference(extrapolated, oracle) / size;
        output.WriteLine($"{SplitStepCrystal.Steps} steps: {error:e2} of the harmonic's rms; extrapolated to none: {extrapolatedError:e2}");

        // The splitting's second order leaves 9e-5 at 50 steps, as the convergence test sees it; without it there is what the oracle's own
        // 800 steps leave, 1/256 of that. A wrong sign of any term leaves more than 1e-2.
        Assert.InRange(error, 0, 2e-4);
        Assert.InRange(extrapolatedError, 0, 1e-6);
        double[] volts = Spectrometer.Read(Strong, ours);
        Assert.InRange(Amplitudes.LargestDifference(volts, bins) / bins.Max(), 0, 4e-4); // a square has twice the relative error
    }

    // Richardson's: the error's square law removed.
    private static Complex[] Extrapolated(Complex[] half, Complex[] whole) => [.. half.Paired(whole, (h, w) => h + (h - w) / 3)];

    private static double RmsDifference(Complex[] a, Complex[] b) => Amplitudes.Rms(a.Paired(b, (x, y) => (x - y).Magnitude));

    private static double Energy(Complex[] field) => field.Sum(value => value.Magnitude * value.Magnitude);

    // The pulse in time on a grid that is not the product's.
    private static Complex[] Pulse(SecondHarmonicParameters p, double[] amplitudes)
    {
        Complex[] spectrum = PulseShaper.Field(p, amplitudes);
        return [.. Enumerable.Range(0, 1024).Select(m => spectrum.Select((value, n) =>
            value * Complex.FromPolarCoordinates(1, 2 * Math.PI * m * (n - 100) / 1024)).Aggregate(Complex.Add))];
    }
}
