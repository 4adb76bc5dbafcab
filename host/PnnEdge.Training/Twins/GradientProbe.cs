using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <summary>One operating point, one output combination v, many directions: central differences of vᵀy beside what the twin says of them.</summary>
internal sealed class GradientProbe
{
    private readonly SlotPlan _plan;
    private readonly VoltRange _range;
    private readonly SystemDescription _description;
    private readonly float[] _centre; // [slot then actuator], V
    private readonly float[] _v; // [window]
    private readonly float[] _gradient; // [slot then actuator], twin's ∂(vᵀy)/∂volt at the centre
    private readonly sbyte[][] _directions; // [direction][slot then actuator], ±1

    /// <param name="largestStepVolts">The centre keeps this far from the ends of every range.</param>
    public GradientProbe(
        ITwin twin, SlotPlan plan, VoltRange range, SystemDescription description, int directions, double largestStepVolts, bool lowPassed, SeededRandom random)
    {
        (_plan, _range, _description) = (plan, range, description);
        float[] unit = new float[2 * plan.Slots];
        RandomShots.Fill(random, 2, plan.Slots, unit);
        _centre = new float[twin.Slots + twin.Actuators];
        for (int i = 0; i < _centre.Length; i++)
        {
            VoltRange of = RangeOf(i);
            double u = i < plan.Slots ? unit[(lowPassed ? plan.Slots : 0) + i] : random.NextSingle();
            _centre[i] = (float)(of.MinVolts + largestStepVolts + (u * (of.MaxVolts - of.MinVolts - (2 * largestStepVolts))));
        }

        _v = [.. Enumerable.Range(0, plan.Windows).Select(_ => (float)random.NextNormal())];
        _gradient = new float[_centre.Length];
        twin.Vjp(_centre.AsSpan(0, plan.Slots), _centre.AsSpan(plan.Slots), 1, _v, _gradient.AsSpan(0, plan.Slots), _gradient.AsSpan(plan.Slots));
        _directions = [.. Enumerable.Range(0, directions).Select(_ => Enumerable.Range(0, _centre.Length).Select(_ => (sbyte)((random.NextInt32(2) * 2) - 1)).ToArray())];
    }

    /// <summary>Plays both ends of every direction.</summary>
    /// <returns>[direction] vᵀ(y₊ − y₋) as measured, and the twin's gradient times the difference really applied.</returns>
    public async Task<(double[] Measured, double[] Predicted)> RunAsync(IPhysicalSystem system, double stepVolts, ShotCounter shots, CancellationToken cancellation)
    {
        double[] measured = new double[_directions.Length], predicted = new double[_directions.Length];

        // Actuators hold for a whole call: shots that share their signs go together.
        var calls = Enumerable.Range(0, 2 * _directions.Length)
            .GroupBy(end => string.Concat(_directions[end / 2][_plan.Slots..].Select(sign => Sign(end) * sign > 0 ? '+' : '-')));
        foreach (int[] ends in calls.Select(call => call.ToArray()))
        {
            Measurement result = await system.RunAsync(Play(ends, stepVolts, shots.Take(ends.Length)), cancellation);
            ShotCall call = ShotCall.Of(result, _plan);
            for (int s = 0; s < ends.Length; s++)
            {
                measured[ends[s] / 2] += Sign(ends[s]) * Dot(_v, call.Windows.AsSpan(s * _plan.Windows, _plan.Windows));
                predicted[ends[s] / 2] += Sign(ends[s]) * (Dot(_gradient.AsSpan(0, _plan.Slots), call.Slots.AsSpan(s * _plan.Slots, _plan.Slots))
                    + Dot(_gradient.AsSpan(_plan.Slots), call.Actuators));
            }
        }

        return (measured, predicted);
    }

    private Stimulus Play(int[] ends, double stepVolts, ulong firstShot)
    {
        float[] volts = new float[ends.Length * _description.StimulusSamples];
        volts.AsSpan().Fill(Math.Clamp(0, _range.MinVolts, _range.MaxVolts));
        for (int s = 0; s < ends.Length; s++)
        {
            for (int slot = 0; slot < _plan.Slots; slot++)
            {
                volts.AsSpan((s * _description.StimulusSamples) + (slot * _plan.HoldSamples), _plan.HoldSamples).Fill(At(ends[s], slot, stepVolts));
            }
        }

        float[] actuators = [.. Enumerable.Range(0, _description.ActuatorCount).Select(a => At(ends[0], _plan.Slots + a, stepVolts))];
        return new Stimulus(firstShot, ends.Length, volts, actuators);
    }

    private float At(int end, int input, double stepVolts)
    {
        VoltRange of = RangeOf(input);
        // Many actuators together move a system further than the slots do: their step shrinks, so that both shares stay alike.
        double share = input < _plan.Slots ? 1 : Math.Min(1, Math.Sqrt((double)_plan.Slots / _description.ActuatorCount));
        return Math.Clamp((float)(_centre[input] + (Sign(end) * _directions[end / 2][input] * stepVolts * share)), of.MinVolts, of.MaxVolts); // rounding alone can pass the end
    }

    private VoltRange RangeOf(int input) => input < _plan.Slots ? _range : _description.ActuatorAt(input - _plan.Slots).Range;

    private static int Sign(int end) => end % 2 == 0 ? 1 : -1;

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) { sum += (double)a[i] * b[i]; }
        return sum;
    }
}
