using PnnEdge.Physics.Channel;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice.Faults;

/// <summary>
/// What goes wrong inside a device between the link and the loop: a frame is another one than the host sent, though its CRC is
/// right, or the device is gone before it could read it. The firmware behind it is the real one and must cope.
/// </summary>
internal sealed class FaultyLink : IMessageLink
{
    /// <summary>As far back as a stale set can lie, and more.</summary>
    private const int MostSets = 2000;

    private readonly IMessageLink _inner;
    private readonly Action _reboot;
    private readonly List<NamedFault> _pending;
    private readonly List<(uint Version, uint Hash)> _sets = [];
    private readonly HostCrc32 _crc = new();
    private int _rebootsLeft;
    private ulong _shotsSeen;
    private volatile bool _isDark;

    /// <param name="reboot">Asks for a restart; until <see cref="PowerOn"/> nothing passes. Called on the loop's thread.</param>
    public FaultyLink(IMessageLink inner, IReadOnlyList<NamedFault> faults, Action reboot)
    {
        _inner = inner;
        _reboot = reboot;
        _pending = [.. faults];
    }

    public void PowerOn() => _isDark = false;

    public bool IsConnected() => _inner.IsConnected() && !_isDark;

    public uint DroppedFrames() => _inner.DroppedFrames();

    public bool Send(byte[] buffer, int offset, int count) => !_isDark && _inner.Send(buffer, offset, count);

    public bool Publish(string leaf, string text) => !_isDark && _inner.Publish(leaf, text);

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (!_inner.Receive(frame, waitMillis) || _isDark)
        {
            return false;
        }

        // Once all has happened, or where a frame is none anyway, nothing is looked at.
        if ((_pending.Count == 0 && _rebootsLeft == 0) || FrameCheck.Open(frame.Buffer, frame.Length, frame.Length, _crc) != RefusalReason.Accepted)
        {
            return true;
        }

        switch (FrameHeader.Kind(frame.Buffer))
        {
            case FrameKind.Parameters:
                PassSet(frame.Buffer);
                return true;
            case FrameKind.Stimulus:
                return PassStimulus(frame.Buffer);
            default:
                return true;
        }
    }

    private void PassSet(byte[] frame)
    {
        (uint, uint) set = (FrameHeader.ParameterVersion(frame), FrameHeader.ParameterHash(frame));
        if (!_sets.Contains(set))
        {
            _sets.Add(set);
            _sets.RemoveRange(0, Math.Max(0, _sets.Count - MostSets));
        }

        if (TakeDue(FaultKind.ParameterBitflip) is { } fault)
        {
            int first = ParameterFrame.Count(frame) == 0 ? FrameHeader.ParameterHashAt : ParameterFrame.VoltsAt;
            int bits = 8 * Math.Max(4, 4 * ParameterFrame.Count(frame)), flips = Math.Min(bits, (int)fault.Magnitude);
            for (int i = 0; i < flips; i++)
            {
                // Spread over the set, each bit another one.
                int bit = (int)((long)bits * i / flips);
                frame[first + (bit / 8)] ^= (byte)(1 << (bit % 8));
            }

            Reseal(frame);
        }
    }

    private bool PassStimulus(byte[] frame)
    {
        _shotsSeen = Math.Max(_shotsSeen, StimulusBlock.FirstShot(frame) + (ulong)StimulusBlock.Shots(frame));
        _rebootsLeft += TakeDue(FaultKind.DeviceReboot) is { } reboot ? (int)reboot.Magnitude : 0;
        if (_rebootsLeft > 0)
        {
            _rebootsLeft--;
            _sets.Clear();
            _isDark = true;
            _reboot();
            return false;
        }

        int named = _sets.IndexOf((FrameHeader.ParameterVersion(frame), FrameHeader.ParameterHash(frame)));
        if (named > 0 && TakeDue(FaultKind.ParameterStale) is { } stale)
        {
            (uint version, uint hash) = _sets[Math.Max(0, named - (int)stale.Magnitude)];
            FrameHeader.WriteParameters(frame, version, hash);
            Reseal(frame);
        }

        return true;
    }

    /// <summary>A fault whose shot has come; it happens once.</summary>
    private NamedFault? TakeDue(FaultKind kind)
    {
        int at = _pending.FindIndex(fault => fault.Kind == kind && (fault.FirstShot == 0 || _shotsSeen > fault.FirstShot));
        if (at < 0)
        {
            return null;
        }

        NamedFault due = _pending[at];
        _pending.RemoveAt(at);
        return due;
    }

    private void Reseal(byte[] frame) => FrameHeader.Seal(frame, FrameHeader.PayloadLength(frame), _crc);
}
