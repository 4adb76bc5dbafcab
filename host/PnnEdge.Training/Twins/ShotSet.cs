using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <summary>Shots as a twin sees them, call by call: the actuators hold for a whole call.</summary>
public sealed class ShotSet
{
    private readonly List<ShotCall> _calls = [];

    public IReadOnlyList<ShotCall> Calls => _calls;

    public int Count { get; private set; }

    public void Add(ShotCall call)
    {
        _calls.Add(call);
        Count += call.Shots;
    }

    public void Add(Measurement measurement, SlotPlan plan) => Add(ShotCall.Of(measurement, plan));

    /// <summary>The calls of a range, shared.</summary>
    public ShotSet OfCalls(Range calls)
    {
        var set = new ShotSet();
        foreach (ShotCall call in _calls[calls]) { set.Add(call); }
        return set;
    }

    /// <summary>[shot, window] of all calls, V.</summary>
    public float[] AllWindows() => [.. _calls.SelectMany(call => call.Windows)];

    /// <summary>[shot, slot then actuator] and [shot, output] of all calls, V.</summary>
    public (float[] X, float[] Y) Rows()
    {
        int slots = _calls[0].Slots.Length / _calls[0].Shots, actuators = _calls[0].Actuators.Length, outputs = _calls[0].Windows.Length / _calls[0].Shots;
        float[] x = new float[Count * (slots + actuators)], y = new float[Count * outputs];
        int at = 0;
        foreach (ShotCall call in _calls)
        {
            for (int s = 0; s < call.Shots; s++, at++)
            {
                call.Slots.AsSpan(s * slots, slots).CopyTo(x.AsSpan(at * (slots + actuators)));
                call.Actuators.CopyTo(x, (at * (slots + actuators)) + slots);
                call.Windows.AsSpan(s * outputs, outputs).CopyTo(y.AsSpan(at * outputs));
            }
        }

        return (x, y);
    }
}

/// <param name="Slots">[shot, slot], V, as really applied.</param>
/// <param name="Actuators">[actuator], V, as really set.</param>
/// <param name="Windows">[shot, window], V, measured.</param>
public sealed record ShotCall(int Shots, float[] Slots, float[] Actuators, float[] Windows)
{
    public static ShotCall Of(Measurement measurement, SlotPlan plan)
    {
        float[] slots = new float[measurement.Shots * plan.Slots], windows = new float[measurement.Shots * plan.Windows];
        AppliedSlots.Forward(measurement, plan, slots);
        WindowDecoder.Forward(measurement.Volts, measurement.Shots, plan, windows);
        return new ShotCall(measurement.Shots, slots, measurement.AppliedActuatorVolts, windows);
    }
}
