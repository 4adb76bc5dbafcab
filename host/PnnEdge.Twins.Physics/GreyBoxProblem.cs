using PnnEdge.Numerics.Linear;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics;

/// <summary>The equations at one set of values.</summary>
/// <param name="Values">[unknown]: constants, then gain, then offset in V.</param>
/// <param name="Windows">[shot, window], V, modelled.</param>
/// <param name="SquaredError">Σ (modelled − measured)², V².</param>
internal sealed record GreyBoxPoint(double[] Values, float[] Windows, double SquaredError);

/// <summary>Measured shots against the equations, as a least-squares problem in constants, gain and offset; where the converter cuts, so does the model.</summary>
internal sealed class GreyBoxProblem
{
    // Of an unknown's scale. Single precision of a node, a few 1e-7, over twice this: 1e-4 of what a constant does; curvature adds its square.
    private const double DifferenceStep = 3e-3;

    // Ours, of the converter's range: where no window comes so near to an end, no sample is taken to be cut, which halves the cost of a reverse.
    private const float NearEnd = 0.1f;

    // Ours: a readout that is further off than this is wired to something else.
    private const double MostGain = 10;

    private readonly IPhysicsModel _nominal;
    private readonly SlotPlan _plan;
    private readonly float _restVolts;
    private readonly VoltRange _range;
    private readonly ShotSet _shots;
    private readonly float[] _measured; // [shot, window], V
    private readonly PhysicalConstant[] _unknowns;
    private readonly int[] _free;

    /// <param name="fitConstants">False: gain and offset alone are free.</param>
    /// <param name="startOffsetVolts">Of the readout; the offset may reach as far as the windows spread, or as this.</param>
    public GreyBoxProblem(
        IPhysicsModel nominal, SlotPlan plan, float restVolts, VoltRange range, ShotSet shots, bool fitConstants, float startOffsetVolts = 0)
    {
        (_nominal, _plan, _restVolts, _shots) = (nominal, plan, restVolts, shots);
        _measured = shots.AllWindows();
        float margin = NearEnd * (range.MaxVolts - range.MinVolts);
        _range = _measured.Min() > range.MinVolts + margin && _measured.Max() < range.MaxVolts - margin ? GreyBoxReadout.Endless : range;
        double span = _measured.Max() - _measured.Min(), mean = _measured.Average(volts => (double)volts);
        SquaredSpread = _measured.Sum(volts => Math.Pow(volts - mean, 2));
        double reach = Math.Max(span, Math.Abs(startOffsetVolts));
        _unknowns = [.. nominal.Constants, new("gain", 1, 1 / MostGain, MostGain, "1"), new("offset", 0, -reach, reach, "V")];
        _free = [.. Enumerable.Range(0, _unknowns.Length).Skip(fitConstants ? 0 : nominal.Constants.Count)];
    }

    /// <summary>V².</summary>
    public double SquaredSpread { get; }

    /// <summary>What a relative move of a constant is relative to.</summary>
    public static double ScaleOf(PhysicalConstant constant) => Math.Max(Math.Abs(constant.Value), (constant.Max - constant.Min) / 10);

    /// <exception cref="ArgumentOutOfRangeException">The equations cannot be computed at these values.</exception>
    public GreyBoxTwin TwinAt(double[] values) => new(
        _nominal.AtConstants(values.AsSpan(0, values.Length - 2)), _plan, _restVolts, new GreyBoxReadout((float)values[^2], (float)values[^1], _range));

    /// <returns>Null where the equations cannot be computed.</returns>
    public GreyBoxPoint? At(double[] values)
    {
        GreyBoxTwin twin;
        try
        {
            twin = TwinAt(values);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Each in its range, and still not computable together: the fit stays away from there.
            return null;
        }

        float[] windows = new float[_measured.Length];
        int first = 0;
        foreach (ShotCall call in _shots.Calls)
        {
            twin.Forward(call.Slots, call.Actuators, call.Shots, windows.AsSpan(first, call.Windows.Length));
            first += call.Windows.Length;
        }

        double error = 0;
        for (int i = 0; i < windows.Length; i++) { error += Math.Pow(windows[i] - _measured[i], 2); }
        return double.IsFinite(error) ? new GreyBoxPoint(values, windows, error) : null;
    }

    /// <summary>JᵀJ and Jᵀr over the free unknowns in units of their scale.</summary>
    public (double[] Curvature, double[] Slope) NormalEquations(GreyBoxPoint at)
    {
        double[][] slopes = [.. _free.Select(k => SlopeOf(at, k))];
        int unknowns = slopes.Length;
        double[] curvature = new double[unknowns * unknowns], slope = new double[unknowns];
        for (int k = 0; k < unknowns; k++)
        {
            for (int i = 0; i < _measured.Length; i++) { slope[k] += slopes[k][i] * ((double)at.Windows[i] - _measured[i]); }
            for (int j = 0; j <= k; j++)
            {
                double sum = 0;
                for (int i = 0; i < _measured.Length; i++) { sum += slopes[k][i] * slopes[j][i]; }
                curvature[(k * unknowns) + j] = curvature[(j * unknowns) + k] = sum;
            }
        }

        return (curvature, slope);
    }

    /// <summary>Values after one damped step, kept in their ranges.</summary>
    public double[] Moved(GreyBoxPoint from, double[] curvature, double[] slope, double damping)
    {
        int unknowns = slope.Length;
        double[] damped = [.. curvature], step = [.. slope], moved = [.. from.Values];
        double largest = Enumerable.Range(0, unknowns).Max(k => curvature[k * (unknowns + 1)]);

        // An unknown that does nothing here would leave the matrix singular; the floor leaves it where it is.
        for (int k = 0; k < unknowns; k++) { damped[k * (unknowns + 1)] += damping * Math.Max(curvature[k * (unknowns + 1)], 1e-12 * largest); }
        if (!Cholesky.Solve(damped, step, unknowns)) { return moved; }
        for (int k = 0; k < unknowns; k++)
        {
            PhysicalConstant of = _unknowns[_free[k]];
            moved[_free[k]] = Math.Clamp(moved[_free[k]] - (step[k] * ScaleOf(of)), of.Min, of.Max);
        }

        return moved;
    }

    // ∂window/∂unknown in units of its scale, by a difference that stays inside its range and where the equations can be computed.
    private double[] SlopeOf(GreyBoxPoint at, int k)
    {
        PhysicalConstant of = _unknowns[k];
        double scale = ScaleOf(of), middle = at.Values[k];
        GreyBoxPoint up = At(With(Math.Min(middle + (DifferenceStep * scale), of.Max))) ?? at;
        GreyBoxPoint down = At(With(Math.Max(middle - (DifferenceStep * scale), of.Min))) ?? at;
        double length = (up.Values[k] - down.Values[k]) / scale;
        return [.. up.Windows.Select((volts, i) => length > 0 ? ((double)volts - down.Windows[i]) / length : 0)];

        double[] With(double value)
        {
            double[] moved = [.. at.Values];
            moved[k] = value;
            return moved;
        }
    }
}
