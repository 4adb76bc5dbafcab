using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>
/// The simulated static outputs. A set is prepared beside the one that is on the outputs and then takes its place whole, so
/// that whoever reads <see cref="Volts"/> never sees half of one.
/// </summary>
internal sealed class VirtualActuators
{
    private readonly BankScales _scales;
    private readonly float[] _safe;
    private float[] _prepared;
    private float[] _spare;
    private volatile float[] _volts;

    public VirtualActuators(ChannelRecord[] banks)
    {
        _scales = new BankScales(banks);
        _safe = [.. banks.SelectMany(bank => Enumerable.Repeat(bank.SafeVolts, bank.Count))];
        _scales.Round(_safe, _safe);
        _prepared = new float[_scales.Count];
        _spare = new float[_scales.Count];
        _volts = _safe;
    }

    public int Count => _scales.Count;

    /// <summary>What is set now, [actuator], V; not to be written.</summary>
    public float[] Volts => _volts;

    /// <summary>[actuator], V; not to be written.</summary>
    public float[] SafeVolts => _safe;

    public void MakeSafe() => _volts = _safe;

    /// <summary>Rounds a set to the converters' codes; false, and the index of the first value that none reaches, where that cannot be.</summary>
    public bool TryPrepare(float[] volts, out int failed)
    {
        int beyond = _scales.Round(volts, _prepared);
        failed = Math.Max(0, beyond);
        return beyond < 0;
    }

    public void SetPrepared()
    {
        // The set before may still be read by a block that is being played.
        _volts = _prepared;
        (_prepared, _spare) = (_spare, _prepared);
    }
}
