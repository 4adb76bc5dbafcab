using PnnEdge.Physics.Channel;
using PnnEdge.Wire;

namespace PnnEdge.VirtualDevice.Faults;

/// <summary>What is wrong with a board's converters at one logical shot; several faults of one kind add up.</summary>
public sealed class ConverterFaults
{
    private readonly NamedFault[] _faults;
    private readonly VoltScale _drive;
    private readonly VoltScale _sense;
    private float[] _left = [];

    /// <param name="faults">Of converters; others change nothing here.</param>
    public ConverterFaults(IReadOnlyList<NamedFault> faults, VoltScale drive, VoltScale sense)
    {
        _faults = [.. faults];
        _drive = drive;
        _sense = sense;
    }

    /// <summary>Nothing is ever wrong.</summary>
    public bool IsNone => _faults.Length == 0;

    /// <param name="volts">[sample], V, of one shot; read and overwritten.</param>
    public void OnDrive(ulong shot, Span<float> volts)
    {
        float gain = 1 + (float)Sum(FaultKind.DacGain, shot);
        if (gain == 1)
        {
            return;
        }

        float low = _drive.VoltsFromCode(0), high = _drive.VoltsFromCode(_drive.Codes - 1);
        foreach (ref float value in volts)
        {
            value = Math.Clamp(value * gain, low, high);
        }
    }

    /// <param name="volts">[actuator], V, as they are set; not written.</param> <param name="safe">[actuator], V.</param>
    /// <returns>[actuator], V, as they are, until the next call.</returns>
    public float[] OnActuators(ulong shot, float[] volts, float[] safe)
    {
        float[] left = volts;
        foreach (NamedFault fault in _faults)
        {
            if (fault.Kind != FaultKind.DacStuck || !fault.HasBegun(shot)) { continue; }
            if (left == volts)
            {
                if (_left.Length != volts.Length) { _left = new float[volts.Length]; }
                volts.CopyTo(_left, 0);
                left = _left;
            }

            left[(int)fault.Magnitude] = safe[(int)fault.Magnitude];
        }

        return left;
    }

    /// <param name="volts">[sample], V, of one shot; read and overwritten.</param>
    public void OnFrontEnd(ulong shot, Span<float> volts)
    {
        float leak = (float)Sum(FaultKind.Crosstalk, shot), bow = (float)Sum(FaultKind.AdcInl, shot) * _sense.StepVolts;
        float clip = (float)Smallest(FaultKind.AdcClip, shot);
        float low = _sense.MinVolts < 0 ? clip * _sense.MinVolts : _sense.MinVolts;
        float high = _sense.MaxVolts > 0 ? clip * _sense.MaxVolts : _sense.MaxVolts;
        float middle = (_sense.MinVolts + _sense.MaxVolts) / 2, half = (_sense.MaxVolts - _sense.MinVolts) / 2;
        float previous = 0;
        foreach (ref float value in volts)
        {
            float read = value + (leak * previous);
            previous = value;
            float position = (read - middle) / half;
            read += bow * Math.Max(0, 1 - (position * position));
            value = Math.Clamp(read, low, high);
        }
    }

    /// <param name="words">[sample], 16-bit little-endian codes of one shot; read and overwritten.</param>
    public void OnCodes(ulong shot, Span<byte> words)
    {
        int stuck = 0;
        foreach (NamedFault fault in _faults)
        {
            stuck |= fault.Kind == FaultKind.AdcStuck && fault.HasBegun(shot) ? 1 << (int)fault.Magnitude : 0;
        }

        for (int i = 0; stuck != 0 && i < words.Length; i += 2)
        {
            words[i] |= (byte)stuck;
            words[i + 1] |= (byte)(stuck >> 8);
        }
    }

    private double Sum(FaultKind kind, ulong shot) => NamedFault.Sum(_faults, kind, shot);

    private double Smallest(FaultKind kind, ulong shot)
    {
        double smallest = 1;
        foreach (NamedFault fault in _faults)
        {
            smallest = fault.Kind == kind && fault.HasBegun(shot) ? Math.Min(smallest, fault.Magnitude) : smallest;
        }

        return smallest;
    }
}
