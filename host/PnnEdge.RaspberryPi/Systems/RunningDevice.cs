using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;

namespace PnnEdge.RaspberryPi.Systems;

/// <summary>
/// The firmware's loop and its watchdog on threads of this process: lease, interlock and the enable line's pulses go on while the host computes.
/// </summary>
internal sealed class RunningDevice : IInProcessDevice, IDisposable
{
    private readonly DirectLink _link = new();
    private readonly DeviceThreads _threads;
    private readonly int _patienceMillis;
    private bool _isOver;

    public RunningDevice(Board board, IConverters converters, IBoardHealth health, IDeviceClock clock)
    {
        Clock = clock;
        Firmware = new DeviceLoop(board, converters, health, _link, clock, new MemoryStorage(), new HostCrc32(), bootId: 1);
        _patienceMillis = 2 * board.LoopWatchdogMillis;
        _threads = new DeviceThreads(Firmware, board, converters, clock);
        _threads.Start();
    }

    public DeviceLoop Firmware { get; }

    public IDeviceClock Clock { get; }

    public bool MayLoseFrames => false;

    public Action<byte[], int>? Said { get; set; }

    /// <summary>It comes round by itself.</summary>
    public void Turn()
    {
    }

    public void Exchange(byte[] frame, int length)
    {
        _link.Put(frame[..length]);
        while (_link.Take(_patienceMillis) is byte[] answer)
        {
            bool isFault = FrameHeader.Kind(answer) == FrameKind.Fault;

            // An answer that came after its time was up belongs to another frame.
            if (!isFault && FrameHeader.Sequence(answer) != FrameHeader.Sequence(frame)) { continue; }
            Said?.Invoke(answer, answer.Length);
            if (!isFault) { return; }
        }
    }

    public bool RestartWhenAsked() => false;

    /// <summary>Ends both threads with the outputs safe.</summary>
    public void Dispose()
    {
        if (_isOver) { return; }
        _isOver = true;
        _threads.Stop();
        _link.Dispose();
    }
}
