namespace PnnEdge.Physics.Plate;

/// <summary>
/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations: additions, multiplications,
/// divisions and roots only, so the same on every machine.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 50;

    /// <param name="matrix">[row][column], symmetric; destroyed.</param>
    /// <returns>Values in rising order, and [value][component], orthonormal.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] vectors = [.. Enumerable.Range(0, size).Select(k => Enumerable.Range(0, size).Select(n => k == n ? 1.0 : 0).ToArray())];
        double total = matrix.Sum(row => row.Sum(value => value * value));
        for (int sweep = 0; ; sweep++)
        {
            double outside = 0;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    outside += matrix[p][q] * matrix[p][q];
                }
            }

            // 1e-15 of the matrix's length: below what its entries' rounding moves an eigenvalue by.
            if (outside <= 1e-30 * total)
            {
                break;
            }

            if (sweep == MaxSweeps)
            {
                throw new ArithmeticException($"A {size} × {size} matrix was not diagonal after {MaxSweeps} sweeps; its entries are not finite or not symmetric.");
            }

            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderBy(n => matrix[n][n])];
        return ([.. order.Select(n => matrix[n][n])], [.. order.Select(n => vectors[n])]);
    }

    // Turns rows and columns p and q so that their common entry vanishes.
    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        if (a[p][q] == 0)
        {
            return;
        }

        double ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        Turn(a[p], a[q], cosine, sine);
        for (int n = 0; n < a.Length; n++)
        {
            (a[n][p], a[n][q]) = (cosine * a[n][p] - sine * a[n][q], sine * a[n][p] + cosine * a[n][q]);
        }

        Turn(vectors[p], vectors[q], cosine, sine);
    }

    private static void Turn(double[] first, double[] second, double cosine, double sine)
    {
        for (int n = 0; n < first.Length; n++)
        {
            (first[n], second[n]) = (cosine * first[n] - sine * second[n], sine * first[n] + cosine * second[n]);
        }
    }
}
