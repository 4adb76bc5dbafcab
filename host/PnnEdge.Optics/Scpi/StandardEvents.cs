namespace PnnEdge.Optics.Scpi;

/// <summary>The status byte, the standard event register and their enable masks (IEEE 488.2-1992, 11.2 to 11.5).</summary>
public sealed class StandardEvents
{
    private const int OperationComplete = 1;
    private const int QueueHasErrors = 4; // SCPI-99 volume 1, 9.2
    private const int EventSummary = 32;

    private int _events = 128; // power on

    public byte EventEnable { get; set; }

    public byte ServiceEnable { get; set; }

    public void Complete() => _events |= OperationComplete;

    /// <summary>The bit of an error's class: command, execution, device, query (SCPI-99 volume 2, 21.8.9 to 21.8.12).</summary>
    public void Raise(ScpiError error) => _events |= error.Code switch
    {
        <= -100 and > -200 => 32,
        <= -200 and > -300 => 16,
        <= -400 and > -500 => 4,
        _ => 8,
    };

    /// <summary>Reading empties it.</summary>
    public int TakeEvents()
    {
        int events = _events;
        _events = 0;
        return events;
    }

    public int StatusByte(bool hasErrors)
    {
        int status = (hasErrors ? QueueHasErrors : 0) | ((_events & EventEnable) != 0 ? EventSummary : 0);
        return status | ((status & ServiceEnable) != 0 ? 64 : 0);
    }

    public void Clear() => _events = 0;
}
