namespace PnnEdge.Twins.Physics;

/// <summary>Levenberg–Marquardt steps, each taken only where it lowers the error.</summary>
internal static class GreyBoxSteps
{
    private const double LastDamping = 1e8;
    private const double LeastGain = 1e-7;

    /// <param name="most">Steps, at most: it ends before where no damping lowers the error, or by next to nothing.</param>
    /// <param name="damping">Of the first step, relative to each unknown's own curvature.</param>
    /// <param name="taken">Told after every step how many are done, all of them after the last, and where it led.</param>
    /// <returns>The start itself where no step was better.</returns>
    public static GreyBoxPoint Run(
        GreyBoxProblem problem, GreyBoxPoint start, int most, double damping, Action<int, GreyBoxPoint>? taken, CancellationToken cancellation)
    {
        GreyBoxPoint point = start;
        for (int step = 1; step <= most; step++)
        {
            (double[] curvature, double[] slope) = problem.NormalEquations(point);
            GreyBoxPoint? better = null;
            for (; better is null && damping <= LastDamping; damping *= better is null ? 4 : 0.2)
            {
                cancellation.ThrowIfCancellationRequested();
                GreyBoxPoint? trial = problem.At(problem.Moved(point, curvature, slope, damping));
                if (trial?.SquaredError < point.SquaredError) { better = trial; }
            }

            bool done = better is null || point.SquaredError - better.SquaredError < LeastGain * point.SquaredError;
            point = better ?? point;
            taken?.Invoke(done ? most : step, point);
            if (done) { break; }
        }

        return point;
    }
}
