namespace PnnEdge.Numerics.Linear;

/// <summary>Small symmetric positive definite systems, in double precision: normal equations.</summary>
public static class Cholesky
{
    /// <summary>Solves a·x = b.</summary>
    /// <param name="a">[row, column], symmetric; its lower triangle becomes the factor.</param>
    /// <param name="b">[row, right-hand side]; becomes x.</param>
    /// <returns>False, with a and b spoiled, where a is not positive definite.</returns>
    public static bool Solve(Span<double> a, Span<double> b, int rows)
    {
        if (a.Length != rows * rows || b.Length % rows != 0)
        {
            throw new ArgumentException($"A system of {rows} rows has {rows * rows} coefficients and whole right-hand sides; {a.Length} and {b.Length} values came.");
        }

        int sides = b.Length / rows;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[(i * rows) + j];
                for (int k = 0; k < j; k++) { sum -= a[(i * rows) + k] * a[(j * rows) + k]; }
                if (i > j) { a[(i * rows) + j] = sum / a[(j * rows) + j]; }
                else if (sum > 0) { a[(i * rows) + i] = Math.Sqrt(sum); }
                else { return false; } // NaN lands here too
            }
        }

        for (int s = 0; s < sides; s++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int k = 0; k < i; k++) { b[(i * sides) + s] -= a[(i * rows) + k] * b[(k * sides) + s]; }
                b[(i * sides) + s] /= a[(i * rows) + i];
            }

            for (int i = rows - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < rows; k++) { b[(i * sides) + s] -= a[(k * rows) + i] * b[(k * sides) + s]; }
                b[(i * sides) + s] /= a[(i * rows) + i];
            }
        }

        return true;
    }
}
