using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Devices;

/// <summary>Who answered: its hello, and in Fault the report that follows it.</summary>
public sealed record DeviceGreeting(BirthCertificate Hello, FaultReport? Fault, uint BootId, uint DeviceMillis);

/// <summary>Short questions to one device outside of any session; the desk's own move no output (programs: <see cref="Deployment.ProgramDesk"/>).</summary>
public sealed class DeviceDesk : IAsyncDisposable
{
    private const int MaxFrameBytes = 1 << 20;
    private const uint DeadlineMillis = 5000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(500);

    private readonly DeviceAddress _device;
    private readonly IHostTransport _transport;
    private readonly TimeProvider _time;
    private readonly uint _holder;
    private readonly HostCrc32 _crc = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<FrameKind, byte[]> _newest = [];
    private (Func<byte[], bool> Is, TaskCompletionSource<byte[]> Came)? _awaited;
    private uint _deviceMillis;
    private long _toldAt;
    private bool _wasSent;

    private DeviceDesk(IHostTransport transport, DeviceAddress device, uint holder, TimeProvider time) =>
        (_transport, _device, _holder, _time) = (transport, device, holder, time);

    /// <summary>Connects; what the device says comes with a question.</summary>
    public static DeviceDesk Open(BrokerAddress broker, DeviceAddress device, TimeProvider time, Random random) =>
        Open(new HostTransport(broker, device, time, random), device, time, random);

    /// <summary>The same over any transport, which then belongs to the desk.</summary>
    public static DeviceDesk Open(IHostTransport transport, DeviceAddress device, TimeProvider time, Random random)
    {
        var desk = new DeviceDesk(transport, device, (uint)random.NextInt64(1, uint.MaxValue), time);
        desk._transport.Start(desk.Take, () => { });
        return desk;
    }

    /// <summary>For sentences.</summary>
    public DeviceAddress Device => _device;

    /// <summary>Drawn once: a lease belongs to it.</summary>
    internal uint Holder => _holder;

    /// <summary>Asks who is there.</summary>
    /// <exception cref="PhysicalSystemException">Nobody answered in time, or in another protocol.</exception>
    public async Task<DeviceGreeting> IdentifyAsync(TimeSpan limit, CancellationToken cancellation) =>
        await TryIdentifyAsync(limit, cancellation) ?? throw Silence(limit);

    /// <summary>The same of a device that may be starting or out of reach: null when nobody answered in time.</summary>
    /// <exception cref="PhysicalSystemException">Who answered speaks another protocol.</exception>
    public async Task<DeviceGreeting?> TryIdentifyAsync(TimeSpan limit, CancellationToken cancellation)
    {
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 0, 0, 0);
        int payload = CommandFrame.Write(frame, CommandCode.Identify, _holder, 0, string.Empty);
        Forget(FrameKind.Hello, FrameKind.Fault);
        if (await TryAskAsync(frame, payload, came => FrameHeader.Kind(came) == FrameKind.Hello, limit, cancellation) is not byte[] hello) { return null; }
        BirthCertificate certificate = BirthCertificate.Read(hello);
        if (!certificate.SpeaksThisProtocol())
        {
            throw new PhysicalSystemException($"Device {_device} speaks protocol {certificate.ProtocolNumber}, edition {certificate.ProtocolHash:x8}; this host speaks {Protocol.Version}, edition {Protocol.Hash:x8}.");
        }

        (_deviceMillis, _toldAt) = (FrameHeader.DeviceMillis(hello), _time.GetTimestamp());
        FaultReport? fault = certificate.State == LinkState.Fault ? FaultReport.Read(await WaitAsync(FrameKind.Fault, limit, cancellation)) : null;
        return new DeviceGreeting(certificate, fault, FrameHeader.BootId(hello), FrameHeader.DeviceMillis(hello));
    }

    /// <summary>Takes a device out of a latched fault.</summary>
    /// <param name="reason">In words, for the device's log; at most <see cref="CommandFrame.MaxTextBytes"/> bytes.</param>
    /// <exception cref="PhysicalSystemException">It is not in fault, its cause still stands, or it did not answer.</exception>
    public async Task ClearFaultAsync(string reason, TimeSpan limit, CancellationToken cancellation)
    {
        DeviceGreeting who = await IdentifyAsync(limit, cancellation);
        if (who.Fault is null) { throw new PhysicalSystemException($"Device {_device} is {who.Hello.State.ToString().ToLowerInvariant()}; there is no fault to clear."); }
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes + CommandFrame.MaxTextBytes];
        FrameHeader.Write(frame, FrameKind.Command, who.Hello.Epoch, 0, 1, who.BootId, 0);
        int payload = CommandFrame.Write(frame, CommandCode.ClearFault, _holder, 0, reason);
        byte[] reply = await AskAsync(frame, payload, came => FrameHeader.Kind(came) == FrameKind.Reply, limit, cancellation, once: true);
        RefusalReason answer = ReplyFrame.Reason(reply);
        if (answer != RefusalReason.Accepted)
        {
            throw new PhysicalSystemException(
                answer == RefusalReason.WrongState
                    ? $"Device {_device} stays in fault, because its cause still stands: {who.Fault.Text} ({(FaultCode)ReplyFrame.Detail(reply)})."
                    : $"Device {_device} refused to clear its fault: {answer}.");
        }
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    /// <summary>Sends a frame, again and again unless told otherwise, until its answer comes.</summary>
    /// <param name="frame">Header and payload; deadline, length and CRC are written at each sending.</param>
    /// <param name="isAnswer">Asked on the transport's thread.</param>
    /// <exception cref="PhysicalSystemException">None came in time.</exception>
    internal async Task<byte[]> AskAsync(byte[] frame, int payload, Func<byte[], bool> isAnswer, TimeSpan limit, CancellationToken cancellation, bool once = false) =>
        await TryAskAsync(frame, payload, isAnswer, limit, cancellation, once) ?? throw Silence(limit);

    /// <summary>The same; null when no answer came in time.</summary>
    internal async Task<byte[]?> TryAskAsync(byte[] frame, int payload, Func<byte[], bool> isAnswer, TimeSpan limit, CancellationToken cancellation, bool once = false)
    {
        var came = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) { _awaited = (isAnswer, came); }
        long start = _time.GetTimestamp(), asked = 0;
        _wasSent = false;
        while (_time.GetElapsedTime(start) < limit)
        {
            if (_transport.IsConnected && (!_wasSent || (!once && _time.GetElapsedTime(asked) >= BetweenQuestions)))
            {
                Bytes.PutUInt32(frame, FrameHeader.DeviceMillisAt, Deadline());
                _wasSent = _transport.Send(frame, FrameHeader.Seal(frame, payload, _crc)) || _wasSent;
                _transport.Flush();
                asked = _time.GetTimestamp();
            }

            await Task.WhenAny(came.Task, Task.Delay(Step, _time, cancellation));
            if (came.Task.IsCompleted) { return await came.Task; }
            cancellation.ThrowIfCancellationRequested();
        }

        return null;
    }

    internal PhysicalSystemException Silence(TimeSpan limit) => new(_wasSent
        ? $"Device {_device} did not answer within {limit.TotalSeconds:0.#} s."
        : $"There is no broker at {_transport.Peer}.");

    /// <summary>On the device's clock as its hello told it, ms; before a hello nothing that is asked needs one.</summary>
    private uint Deadline() => _toldAt == 0 ? 0 : _deviceMillis + (uint)_time.GetElapsedTime(_toldAt).TotalMilliseconds + DeadlineMillis;

    private async Task<byte[]> WaitAsync(FrameKind kind, TimeSpan limit, CancellationToken cancellation)
    {
        for (long start = _time.GetTimestamp(); _time.GetElapsedTime(start) < limit; await Task.Delay(Step, _time, cancellation))
        {
            if (Newest(kind) is byte[] came) { return came; }
        }

        throw new PhysicalSystemException($"Device {_device} is in fault, and its report did not come within {limit.TotalSeconds:0.#} s.");
    }

    private void Take(ReadOnlySpan<byte> bytes, bool retained)
    {
        byte[] frame = bytes.ToArray();
        if (retained || FrameCheck.Open(frame, frame.Length, MaxFrameBytes, _crc) != RefusalReason.Accepted) { return; }
        lock (_gate)
        {
            _newest[FrameHeader.Kind(frame)] = frame;
            if (_awaited is { } awaited && awaited.Is(frame))
            {
                _awaited = null;
                awaited.Came.TrySetResult(frame);
            }
        }
    }

    private byte[]? Newest(FrameKind kind)
    {
        lock (_gate) { return _newest.GetValueOrDefault(kind); }
    }

    private void Forget(params ReadOnlySpan<FrameKind> kinds)
    {
        lock (_gate)
        {
            foreach (FrameKind kind in kinds) { _newest.Remove(kind); }
        }
    }
}
