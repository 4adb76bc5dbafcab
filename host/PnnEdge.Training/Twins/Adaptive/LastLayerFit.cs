using PnnEdge.Numerics.Linear;

namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>The last layer of a twin to its least-squares values, drawn towards where it was: argmin mean (features·Δ − missing)² + ridge·|Δ|².</summary>
public static class LastLayerFit
{
    // Rows of so few shots sum in single precision, the sums among themselves in double.
    private const int BlockShots = 16;

    /// <param name="x">[shot, slot then actuator], V.</param> <param name="y">[shot, window], V.</param>
    /// <param name="ridge">Relative to the mean square of the features; above 0.</param>
    /// <exception cref="InvalidOperationException">The features are not finite.</exception>
    public static void Run(ITrainableTwin twin, ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots, double ridge)
    {
        int inputs = twin.Slots + twin.Actuators, width = twin.LastFeatures, outputs = twin.Outputs / twin.RowsPerShot, unknowns = width + 1;
        double[] curvature = new double[unknowns * unknowns], right = new double[unknowns * outputs];
        for (int first = 0; first < shots; first += BlockShots)
        {
            int count = Math.Min(BlockShots, shots - first), rows = count * twin.RowsPerShot;
            float[] features = new float[rows * width], missing = new float[rows * outputs];
            twin.LastLayerRows(x.Slice(first * inputs, count * inputs), y.Slice(first * twin.Outputs, count * twin.Outputs), count, features, missing);
            AddBlock(WithOne(features, width), missing, rows, unknowns, outputs, curvature, right);
        }

        double meanSquare = 0;
        for (int f = 0; f < unknowns; f++) { meanSquare += curvature[f * (unknowns + 1)] / unknowns; }
        for (int f = 0; f < unknowns; f++) { curvature[f * (unknowns + 1)] += ridge * meanSquare; }
        if (!Cholesky.Solve(curvature, right, unknowns))
        {
            throw new InvalidOperationException($"The twin's last layer cannot be fitted to {shots} shots; its features are not finite.");
        }

        // [feature, output] to weight [output, feature], then bias.
        Span<float> layer = twin.LastLayer.Of(twin.Parameters);
        for (int o = 0; o < outputs; o++)
        {
            for (int f = 0; f < width; f++) { layer[(o * width) + f] += (float)right[(f * outputs) + o]; }
            layer[(outputs * width) + o] += (float)right[(width * outputs) + o];
        }
    }

    private static void AddBlock(float[] features, float[] missing, int rows, int unknowns, int outputs, double[] curvature, double[] right)
    {
        float[] squares = new float[curvature.Length], products = new float[right.Length];
        MatrixProduct.AddTransposedTimes(features, features, unknowns, rows, unknowns, squares);
        MatrixProduct.AddTransposedTimes(features, missing, unknowns, rows, outputs, products);
        for (int i = 0; i < squares.Length; i++) { curvature[i] += squares[i]; }
        for (int i = 0; i < products.Length; i++) { right[i] += products[i]; }
    }

    private static float[] WithOne(float[] features, int width)
    {
        int rows = features.Length / width;
        float[] with = new float[rows * (width + 1)];
        for (int r = 0; r < rows; r++)
        {
            features.AsSpan(r * width, width).CopyTo(with.AsSpan(r * (width + 1)));
            with[(r * (width + 1)) + width] = 1;
        }

        return with;
    }
}
