using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateModesTests
{
    private static readonly PlatePoint Corner = new(0, 0);

    [Fact]
    public void Beam_shapes_are_orthonormal_and_free_at_both_ends()
    {
        const int intervals = 4000;
        for (int m = 0; m < FreeBeam.MaxFunctions; m++)
        {
            for (int n = 0; n <= m; n++)
            {
                double sum = 0;
                for (int at = 0; at <= intervals; at++)
                {
                    double weight = at is 0 or intervals ? 1 : at % 2 == 1 ? 4 : 2;
                    sum += weight / (3 * intervals) * FreeBeam.At(m, (double)at / intervals, 0) * FreeBeam.At(n, (double)at / intervals, 0);
                }

                Assert.Equal(m == n ? 1 : 0, sum, 1e-8); // Simpson's rule on the steepest pair
            }

            // No moment: X″ = 0 there, on the scale of β² ≤ 1300.
            Assert.Equal(0, FreeBeam.At(m, 0, 2), 1e-6);
            Assert.Equal(0, FreeBeam.At(m, 1, 2), 1e-6);
        }
    }

    [Fact]
    public void The_bare_plate_has_the_published_frequencies()
    {
        // Leissa (1973), completely free square plate, ν = 0.3, 36 products of beam functions.
        double[] published = [0, 13.489, 19.789, 24.432, 35.024, 35.024, 61.526, 61.526];
        PlateModes modes = PlateModes.Of(0.3, 0, Corner, Corner, beamFunctions: 6);
        for (int k = 0; k < published.Length; k++)
        {
            Assert.Equal(published[k], modes.SquaredWaveNumber[k], 2e-3); // printed to three decimals, the last one off by one there
        }

        Assert.Equal(240, PlateParameters.Nominal.Plate.UnitFrequencyHz, 1.0); // "≈ 240 Hz·λ²"
        Assert.Equal(4.6e-3, PlateParameters.Nominal.Plate.Kilogram, 0.05e-3);
    }

    [Fact]
    public void More_beam_shapes_lower_every_frequency_a_little()
    {
        PlateParameters p = PlateParameters.Nominal;
        double ratio = p.Speaker.ConeKilogram / p.Plate.Kilogram;
        PlateModes coarse = PlateModes.Of(p.Plate.PoissonRatio, ratio, p.Plate.Drive, p.Microphone.Place, 8);
        PlateModes fine = PlateModes.Of(p.Plate.PoissonRatio, ratio, p.Plate.Drive, p.Microphone.Place, 10);
        for (int k = 1; k < PlateModes.Count; k++)
        {
            // Rayleigh and Ritz bound from above; two percent is what the documentation admits for a point mass.
            Assert.InRange(fine.SquaredWaveNumber[k] / coarse.SquaredWaveNumber[k], 0.98, 1);
        }
    }

    [Fact]
    public void A_point_mass_lowers_every_mode_but_never_below_the_next_lower_bare_one()
    {
        PlateParameters p = PlateParameters.Nominal;
        PlateModes bare = PlateModes.Of(p.Plate.PoissonRatio, 0, p.Plate.Drive, p.Microphone.Place, 8);
        PlateModes loaded = PlateModes.Of(p);
        for (int k = 1; k < PlateModes.Count; k++)
        {
            // Weinstein and Chien: one constraint interlaces. 1e-9 for rounding where a mode has its node at the stem.
            Assert.InRange(loaded.SquaredWaveNumber[k], bare.SquaredWaveNumber[k - 1], bare.SquaredWaveNumber[k] * (1 + 1e-9));
        }

        // As a whole it moves with both masses: modal mass m is shape² times m + Mms.
        double whole = 1 / Math.Sqrt(1 + p.Speaker.ConeKilogram / p.Plate.Kilogram);
        Assert.Equal(whole, Math.Abs(loaded.DriveShape[0]), 1e-9);
        Assert.Equal(loaded.DriveShape[0], loaded.MicrophoneShape[0], 1e-9);
    }

    [Fact]
    public void Half_the_modes_take_up_most_of_the_speaker_and_the_ten_cover_the_microphone_s_band()
    {
        var rig = new PlateRig(PlateParameters.Nominal);
        double[] hertz = [.. rig.RadPerSecond.Select(omega => omega / (2 * Math.PI))];
        Assert.InRange(hertz[1], 2.7e3, 2.8e3);
        Assert.InRange(hertz[^1], 15e3, 20e3);
        Assert.Equal(hertz.Order(), hertz);
        Assert.True(rig.Modes.DriveShape.Count(shape => Math.Abs(shape) > 0.1) >= 7);
    }

    [Fact]
    public void Eigenvectors_solve_their_equation()
    {
        var random = new Random(4);
        double[][] matrix = [.. Enumerable.Range(0, 12).Select(_ => new double[12])];
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i][j] = matrix[j][i] = random.NextDouble() - 0.5;
            }
        }

        (double[] values, double[][] vectors) = SymmetricEigen.Of([.. matrix.Select(row => row.ToArray())]);
        Assert.Equal(values.Order(), values);
        for (int k = 0; k < 12; k++)
        {
            for (int i = 0; i < 12; i++)
            {
                double left = Enumerable.Range(0, 12).Sum(j => matrix[i][j] * vectors[k][j]);
                Assert.Equal(values[k] * vectors[k][i], left, 1e-13); // rounding of 12 terms below 1
            }
        }
    }
}
