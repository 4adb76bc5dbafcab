using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Linear;

namespace PnnEdge.Numerics.Tests;

public class CholeskyTests
{
    [Fact]
    public void The_solution_satisfies_the_system_for_every_right_hand_side()
    {
        const int Rows = 9, Sides = 3;
        var random = new SeededRandom(1);
        double[] m = [.. Enumerable.Range(0, Rows * Rows).Select(_ => random.NextNormal())], a = new double[Rows * Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Rows; j++)
            {
                for (int k = 0; k < Rows; k++) { a[(i * Rows) + j] += m[(i * Rows) + k] * m[(j * Rows) + k]; }
                a[(i * Rows) + j] += i == j ? 1 : 0;
            }
        }

        double[] b = [.. Enumerable.Range(0, Rows * Sides).Select(_ => random.NextNormal())], x = [.. b];
        Assert.True(Cholesky.Solve([.. a], x, Rows));
        for (int i = 0; i < Rows; i++)
        {
            for (int s = 0; s < Sides; s++)
            {
                double product = 0;
                for (int k = 0; k < Rows; k++) { product += a[(i * Rows) + k] * x[(k * Sides) + s]; }
                Assert.Equal(b[(i * Sides) + s], product, 1e-12); // double rounding times a condition of order 100
            }
        }
    }

    [Theory, InlineData(-1), InlineData(0), InlineData(double.NaN)]
    public void A_matrix_that_is_not_positive_definite_is_said_to_be_none(double last) =>
        Assert.False(Cholesky.Solve([1, 0, 0, last], [1, 1], 2));
}
