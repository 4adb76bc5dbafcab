using PnnEdge.Numerics.Linear;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics;

/// <summary>The equations at one set of constants, with the gain and offset that then suit best.</summary>
/// <param name="Constants">[constant].</param>
/// <param name="Node">[shot, window], V: the mean at the node.</param>
/// <param name="SquaredError">Σ (gain·node + offset − measured)², V².</param>
internal sealed record GreyBoxPoint(double[] Constants, float[] Node, double Gain, double OffsetVolts, double SquaredError);

/// <summary>Measured shots against the equations, as a least-squares problem in constants, gain and offset.</summary>
internal sealed class GreyBoxProblem
{
    // Of a constant's scale. Single precision of a node, a few 1e-7, over twice this: 1e-4 of what a constant does; curvature adds its square.
    private const double DifferenceStep = 3e-3;

    private readonly IPhysicsModel _nominal;
    private readonly SlotPlan _plan;
    private readonly float _restVolts;
    private readonly ShotSet _shots;
    private readonly float[] _measured; // [shot, window], V

    public GreyBoxProblem(IPhysicsModel nominal, SlotPlan plan, float restVolts, ShotSet shots)
    {
        (_nominal, _plan, _restVolts, _shots) = (nominal, plan, restVolts, shots);
        _measured = shots.AllWindows();
        double mean = _measured.Average(volts => (double)volts);
        SquaredSpread = _measured.Sum(volts => Math.Pow(volts - mean, 2));
    }

    /// <summary>V².</summary>
    public double SquaredSpread { get; }

    /// <summary>What a relative move of a constant is relative to.</summary>
    public static double ScaleOf(PhysicalConstant constant) => Math.Max(Math.Abs(constant.Value), (constant.Max - constant.Min) / 10);

    /// <returns>Null where the equations cannot be computed.</returns>
    public GreyBoxPoint? At(double[] constants)
    {
        if (NodeAt(constants) is not float[] node) { return null; }
        double n = node.Length, sumX = 0, sumY = 0, xx = 0, xy = 0;
        for (int i = 0; i < node.Length; i++) { (sumX, sumY) = (sumX + node[i], sumY + _measured[i]); }
        for (int i = 0; i < node.Length; i++)
        {
            double x = node[i] - (sumX / n);
            (xx, xy) = (xx + (x * x), xy + (x * (_measured[i] - (sumY / n))));
        }

        double gain = xx > 0 ? xy / xx : 0, offset = (sumY - (gain * sumX)) / n, error = 0;
        for (int i = 0; i < node.Length; i++) { error += Math.Pow((gain * node[i]) + offset - _measured[i], 2); }
        return double.IsFinite(error) ? new GreyBoxPoint(constants, node, gain, offset, error) : null;
    }

    /// <summary>JᵀJ and Jᵀr over constants in units of their scale, then gain, then offset.</summary>
    public (double[] Curvature, double[] Slope) NormalEquations(GreyBoxPoint at)
    {
        double[][] slopes = [.. Enumerable.Range(0, at.Constants.Length).Select(k => NodeSlope(at, k))];
        int unknowns = slopes.Length + 2;
        double[] curvature = new double[unknowns * unknowns], slope = new double[unknowns], row = new double[unknowns];
        for (int i = 0; i < _measured.Length; i++)
        {
            double missing = (at.Gain * at.Node[i]) + at.OffsetVolts - _measured[i];
            for (int k = 0; k < slopes.Length; k++) { row[k] = at.Gain * slopes[k][i]; }
            (row[^2], row[^1]) = (at.Node[i], 1);
            for (int k = 0; k < unknowns; k++)
            {
                slope[k] += row[k] * missing;
                for (int j = 0; j < unknowns; j++) { curvature[(k * unknowns) + j] += row[k] * row[j]; }
            }
        }

        return (curvature, slope);
    }

    /// <summary>Constants after one damped step, kept in their ranges.</summary>
    public double[] Moved(GreyBoxPoint from, double[] curvature, double[] slope, double damping)
    {
        int unknowns = slope.Length;
        double[] damped = [.. curvature], step = [.. slope];
        double largest = Enumerable.Range(0, unknowns).Max(k => curvature[k * (unknowns + 1)]);

        // A constant that does nothing here would leave the matrix singular; the floor leaves the constant where it is.
        for (int k = 0; k < unknowns; k++) { damped[k * (unknowns + 1)] += damping * Math.Max(curvature[k * (unknowns + 1)], 1e-12 * largest); }
        return Cholesky.Solve(damped, step, unknowns)
            ? [.. from.Constants.Select((value, k) => Math.Clamp(value - (step[k] * ScaleOf(_nominal.Constants[k])), _nominal.Constants[k].Min, _nominal.Constants[k].Max))]
            : from.Constants;
    }

    // ∂node/∂constant in units of its scale, by a difference that stays inside the constant's range and where the equations can be computed.
    private double[] NodeSlope(GreyBoxPoint at, int k)
    {
        PhysicalConstant of = _nominal.Constants[k];
        double scale = ScaleOf(of), middle = at.Constants[k];
        double high = Math.Min(middle + (DifferenceStep * scale), of.Max), low = Math.Max(middle - (DifferenceStep * scale), of.Min);
        float[]? up = NodeAt(With(high)), down = NodeAt(With(low));
        (high, low) = (up is null ? middle : high, down is null ? middle : low);
        (up, down) = (up ?? at.Node, down ?? at.Node);
        return high > low ? [.. up.Select((volts, i) => ((double)volts - down[i]) * scale / (high - low))] : new double[up.Length];

        double[] With(double value)
        {
            double[] moved = [.. at.Constants];
            moved[k] = value;
            return moved;
        }
    }

    private float[]? NodeAt(double[] constants)
    {
        GreyBoxTwin twin;
        try
        {
            twin = new GreyBoxTwin(_nominal.AtConstants(constants), _plan, _restVolts);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Each in its range, and still not computable together: the fit stays away from there.
            return null;
        }

        float[] node = new float[_measured.Length];
        int first = 0;
        foreach (ShotCall call in _shots.Calls)
        {
            twin.Forward(call.Slots, call.Actuators, call.Shots, node.AsSpan(first, call.Windows.Length));
            first += call.Windows.Length;
        }

        return node;
    }
}
