using System.Device.Gpio;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>A header's lines as a driver of System.Device.Gpio: outputs are remembered, inputs are set from outside.</summary>
internal sealed class SimulatedLines : GpioDriver
{
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, PinValue> _values = [];
    private readonly Lock _gate = new();

    /// <summary>After every change of an output: which line.</summary>
    public Action<int>? Changed { get; set; }

    /// <summary>Lines that another program has.</summary>
    public HashSet<int> Taken { get; } = [];

    protected override int PinCount => 54;

    public PinValue this[int line]
    {
        get { lock (_gate) { return _values.GetValueOrDefault(line, PinValue.Low); } }
        set { lock (_gate) { _values[line] = value; } }
    }

    public bool IsOpen(int line)
    {
        lock (_gate) { return _modes.ContainsKey(line); }
    }

    protected override void OpenPin(int pinNumber)
    {
        if (Taken.Contains(pinNumber)) { throw new IOException("Device or resource busy"); }
        lock (_gate) { _modes[pinNumber] = PinMode.Input; }
    }

    /// <summary>An output that is let go is pulled down.</summary>
    protected override void ClosePin(int pinNumber)
    {
        lock (_gate)
        {
            if (_modes.Remove(pinNumber, out PinMode mode) && mode == PinMode.Output) { _values[pinNumber] = PinValue.Low; }
        }
    }

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        lock (_gate) { _modes[pinNumber] = mode; }
    }

    protected override PinMode GetPinMode(int pinNumber)
    {
        lock (_gate) { return _modes[pinNumber]; }
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => this[pinNumber];

    protected override void Write(int pinNumber, PinValue value)
    {
        bool changed = this[pinNumber] != value;
        this[pinNumber] = value;
        if (changed) { Changed?.Invoke(pinNumber); }
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw new NotSupportedException();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => throw new NotSupportedException();
}
