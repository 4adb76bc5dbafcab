using System.Device.Gpio;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Lines;

/// <summary>The enable pulse train out, the interlock chain in. The enable line is low from the first moment on.</summary>
internal sealed class SafetyLines : IEnableLine, IDisposable
{
    private readonly GpioController _header;
    private readonly int _enable;
    private readonly int _interlock;
    private bool _isHigh;

    /// <exception cref="PhysicalSystemException">A line is not there or taken; one sentence.</exception>
    public SafetyLines(GpioController header, SafetySettings safety)
    {
        (_header, _enable, _interlock) = (header, safety.EnableLine, safety.InterlockLine);
        Open(_enable, () => header.OpenPin(_enable, PinMode.Output, PinValue.Low));
        Open(_interlock, () => header.OpenPin(_interlock, PinMode.InputPullDown));
    }

    public void Toggle()
    {
        _isHigh = !_isHigh;
        _header.Write(_enable, _isHigh ? PinValue.High : PinValue.Low);
    }

    public void Release()
    {
        _isHigh = false;
        _header.Write(_enable, PinValue.Low);
    }

    public bool IsInterlockClosed() => _header.Read(_interlock) == PinValue.High;

    /// <summary>Lets the lines go; the pull-down then holds the enable line low.</summary>
    public void Dispose() => _header.Dispose();

    private static void Open(int line, Action open)
    {
        try
        {
            open();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
        {
            throw new PhysicalSystemException($"GPIO line {line} cannot be opened: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
