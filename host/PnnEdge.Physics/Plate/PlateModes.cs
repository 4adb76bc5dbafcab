namespace PnnEdge.Physics.Plate;

/// <summary>
/// The modes of the free square plate with the cone's mass glued to one point of it: Rayleigh's and Ritz's method on
/// products X_i(x/a)·X_j(y/a) of free-beam shapes (Leissa, "The free vibration of rectangular plates", 1973, has the bare
/// plate's from 36 products). Mode 0 is the plate and cone moving as a whole; rocking is held.
/// </summary>
/// <remarks>
/// Every modal mass is the plate's own: ∫ρh·φ² + Mms·φ(stem)² = ρha². So q_k″ + … = φ_k(stem)·F/(ρha²) with F the speaker's
/// whole force, and no reaction of the plate on the cone is left out. The point mass converges slowly: eight functions each way
/// leave its modes up to 2 % high.
/// </remarks>
public sealed class PlateModes
{
    /// <summary>The whole's motion and the ten bending modes below 20 kHz: the microphone's 15 kHz and the resonances next to it.</summary>
    public const int Count = 11;

    private const int BeamFunctions = 8;

    private PlateModes(double[] squaredWaveNumber, double[] driveShape, double[] microphoneShape)
    {
        SquaredWaveNumber = squaredWaveNumber;
        DriveShape = driveShape;
        MicrophoneShape = microphoneShape;
    }

    /// <summary>[mode], λ²; times <see cref="PlateBody.UnitFrequencyHz"/> it is the frequency.</summary>
    public IReadOnlyList<double> SquaredWaveNumber { get; }

    /// <summary>[mode], D_k.</summary>
    public IReadOnlyList<double> DriveShape { get; }

    /// <summary>[mode], C_k.</summary>
    public IReadOnlyList<double> MicrophoneShape { get; }

    public static PlateModes Of(in PlateParameters parameters) =>
        Of(parameters.Plate.PoissonRatio, parameters.Speaker.ConeKilogram / parameters.Plate.Kilogram, parameters.Plate.Drive, parameters.Microphone.Place, BeamFunctions);

    /// <param name="poissonRatio">ν.</param>
    /// <param name="massRatio">Cone's mass in plate's masses; 0 for the bare plate.</param>
    /// <param name="drive">Where that mass is.</param>
    /// <param name="microphone">Where the modes are heard.</param>
    /// <param name="beamFunctions">Beam shapes each way, 5 to 12.</param>
    internal static PlateModes Of(double poissonRatio, double massRatio, PlatePoint drive, PlatePoint microphone, int beamFunctions)
    {
        // Without the two products that tilt: what a shift, a tilt and bending shapes span, less rocking.
        (int Across, int Along)[] products =
        [
            .. from i in Enumerable.Range(0, beamFunctions)
               from j in Enumerable.Range(0, beamFunctions)
               where (i, j) is not (0, 1) and not (1, 0)
               select (i, j),
        ];
        double[] atDrive = [.. products.Select(product => ValueAt(product, drive))];
        double[] atMicrophone = [.. products.Select(product => ValueAt(product, microphone))];

        // Mass 1 + µ·φφᵀ has the inverse root 1 − c·φφᵀ; on both sides of the stiffness it leaves a plain eigenproblem.
        double length = atDrive.Sum(value => value * value);
        double loaded = Math.Sqrt(1 + massRatio * length);
        double[][] matrix = new BendingStiffness(poissonRatio, beamFunctions).Of(products);
        Deflate(matrix, atDrive, (1 - 1 / loaded) / length);
        (double[] values, double[][] vectors) = SymmetricEigen.Of(matrix);

        double[] squared = new double[Count];
        double[] driveShape = new double[Count];
        double[] microphoneShape = new double[Count];
        for (int k = 0; k < Count; k++)
        {
            // The lowest is the shift of the whole: 0 up to rounding.
            squared[k] = k == 0 ? 0 : Math.Sqrt(values[k]);
            double alongDrive = Dot(atDrive, vectors[k]);
            driveShape[k] = alongDrive / loaded;
            microphoneShape[k] = Dot(atMicrophone, vectors[k]) - (1 - 1 / loaded) / length * Dot(atMicrophone, atDrive) * alongDrive;
        }

        return new PlateModes(squared, driveShape, microphoneShape);
    }

    private static double ValueAt((int Across, int Along) product, PlatePoint point) =>
        FreeBeam.At(product.Across, point.Across, 0) * FreeBeam.At(product.Along, point.Along, 0);

    // (1 − c·φφᵀ)·K·(1 − c·φφᵀ), in place.
    private static void Deflate(double[][] matrix, double[] phi, double c)
    {
        double[] product = [.. matrix.Select(row => Dot(row, phi))];
        double twice = Dot(product, phi);
        for (int i = 0; i < phi.Length; i++)
        {
            for (int j = 0; j < phi.Length; j++)
            {
                matrix[i][j] += c * c * twice * phi[i] * phi[j] - c * (phi[i] * product[j] + product[i] * phi[j]);
            }
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int n = 0; n < a.Length; n++)
        {
            sum += a[n] * b[n];
        }

        return sum;
    }
}
