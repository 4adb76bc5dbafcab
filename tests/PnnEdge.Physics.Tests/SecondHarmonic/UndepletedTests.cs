using System.Numerics;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The double-precision equations without depletion: against sums written out, known cases, and numpy.</summary>
public class UndepletedTests
{
    private static readonly SecondHarmonicParameters P = SecondHarmonicParameters.Nominal;

    /// <summary>Every term that is off by default is on, so that no sign can hide.</summary>
    private static readonly SecondHarmonicParameters Skewed = P with
    {
        GroupDelayDispersionFs2 = 2500,
        ThirdOrderDispersionFs3 = -40e3,
        PhaseMismatchPerMm = 2.5,
        ShiftWindows = 0.013,
    };

    [Fact]
    public void The_harmonic_is_the_sum_of_all_products_of_two_frequencies()
    {
        foreach (SecondHarmonicParameters p in (SecondHarmonicParameters[])[P, Skewed])
        {
            Complex[] pump = PulseShaper.Field(p, Amplitudes.Random(1));
            Complex[] harmonic = UndepletedCrystal.Harmonic(p, pump);
            Assert.Equal(2 * pump.Length - 1, harmonic.Length);
            double brightest = harmonic.Max(value => value.Magnitude);
            for (int k = 0; k < harmonic.Length; k++)
            {
                Complex direct = Complex.Zero;
                for (int i = Math.Max(0, k - pump.Length + 1); i <= Math.Min(k, pump.Length - 1); i++)
                {
                    direct += pump[i] * pump[k - i];
                }

                // 200 products rounded at 1e-16 of the brightest each, in either order.
                Assert.Equal(0, (direct * UndepletedCrystal.Response(p, k) - harmonic[k]).Magnitude, 1e-12 * brightest);
            }
        }
    }

    [Fact]
    public void The_crystal_s_phase_matching_is_half_its_power_at_1_39_radians()
    {
        SecondHarmonicParameters p = P with { PhaseMismatchPerMm = 2 * 1.39155738 / P.CrystalMm };
        double half = UndepletedCrystal.Response(p, 199).Magnitude / UndepletedCrystal.Response(P, 199).Magnitude;
        Assert.Equal(0.5, half * half, 1e-8); // the literal's last digit
        Assert.Equal(P.CouplingPerMm * P.CrystalMm, UndepletedCrystal.Response(P, 199).Magnitude, 1e-15);
    }

    [Fact]
    public void A_spot_s_light_is_all_on_the_pixels_and_a_line_s_all_in_the_bins_except_at_the_edges()
    {
        for (int sample = 20; sample < 180; sample++)
        {
            Assert.Equal(1, Enumerable.Range(0, 100).Sum(pixel => PulseShaper.PixelWeight(P, sample, pixel)), 1e-14);
        }

        for (int sample = 199 - 100; sample <= 199 + 100; sample++)
        {
            // 20 samples from the outer edge are 7.6 widths of the blur: nothing is lost there.
            Assert.Equal(1, Enumerable.Range(0, 50).Sum(bin => Spectrometer.BinWeight(P, bin, sample)), 1e-13);
        }

        // On the outer edge half is lost.
        Assert.Equal(0.5, Enumerable.Range(0, 50).Sum(bin => Spectrometer.BinWeight(P, bin, 199 + 120)), 1e-14);
    }

    [Fact]
    public void The_laser_has_its_width_and_its_ripple()
    {
        SecondHarmonicParameters plain = P with { RippleFraction = 0 };
        double Intensity(SecondHarmonicParameters p, int sample) => Math.Pow(PulseShaper.Laser(p, sample).Magnitude * 200, 2);

        // Sample 189.5 would lie at 9 nm, half of 18: its neighbours' geometric mean differs by the curvature, 3e-5.
        Assert.Equal(0.5, Math.Sqrt(Intensity(plain, 189) * Intensity(plain, 190)), 1e-4);
        double[] ripple = [.. Enumerable.Range(0, 200).Select(sample => Intensity(P, sample) / Intensity(plain, sample))];
        Assert.Equal(1.08, ripple.Max(), 1e-3); // the crest may fall between two samples of 0.1 nm: (2π·0.05/5)²/2 of 8 %
        Assert.Equal(0.92, ripple.Min(), 1e-3);
    }

    [Fact]
    public void Four_times_the_power_gives_sixteen_times_the_reading()
    {
        double[] one = SecondHarmonicReference.Run(P, Amplitudes.All(0.3));
        double[] doubled = SecondHarmonicReference.Run(P, Amplitudes.All(0.6));
        Assert.All(one.Paired(doubled), pair => Assert.Equal(16 * pair.First, pair.Second, 1e-13)); // rounding
    }

    [Fact]
    public void The_brightest_bin_reads_one_volt_where_the_scale_says_so()
    {
        Assert.Equal(1, SecondHarmonicReference.Run(P, Amplitudes.All(0.6)).Max(), 1e-4); // the scale's literal has five digits
        Assert.Equal(7.716, SecondHarmonicReference.Run(P, Amplitudes.All(1)).Max(), 1e-3); // 0.6⁻⁴
    }

    [Fact]
    public void Numpy_agrees_to_rounding()
    {
        foreach (SecondHarmonicParameters p in (SecondHarmonicParameters[])[P, Skewed])
        {
            double[] amplitudes = Amplitudes.Random(2);
            (Complex[] harmonic, double[] bins) = NumpyOracle.Run(p, amplitudes, steps: 0);
            Complex[] ours = UndepletedCrystal.Harmonic(p, PulseShaper.Field(p, amplitudes));
            double brightest = ours.Max(value => value.Magnitude);

            // Rounding only, in sums of a few hundred terms.
            Assert.All(harmonic.Paired(ours), pair => Assert.Equal(0, (pair.First - pair.Second).Magnitude, 1e-12 * brightest));
            Assert.InRange(Amplitudes.LargestDifference(bins, SecondHarmonicReference.Run(p, amplitudes)), 0, 1e-12);
        }
    }
}
