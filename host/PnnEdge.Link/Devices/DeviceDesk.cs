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

/// <summary>Short questions to one device outside of any session; none of them moves an output.</summary>
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

    private DeviceDesk(IHostTransport transport, DeviceAddress device, uint holder, TimeProvider time) =>
        (_transport, _device, _holder, _time) = (transport, device, holder, time);

    /// <summary>Connects; what the device says comes with a question.</summary>
    public static DeviceDesk Open(BrokerAddress broker, DeviceAddress device, TimeProvider time, Random random)
    {
        var desk = new DeviceDesk(new HostTransport(broker, device, time, random), device, (uint)random.NextInt64(1, uint.MaxValue), time);
        desk._transport.Start(desk.Take, () => { });
        return desk;
    }

    /// <summary>Asks who is there.</summary>
    /// <exception cref="PhysicalSystemException">Nobody answered in time, or in another protocol.</exception>
    public async Task<DeviceGreeting> IdentifyAsync(TimeSpan limit, CancellationToken cancellation)
    {
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 0, 0, 0);
        int payload = CommandFrame.Write(frame, CommandCode.Identify, _holder, 0, string.Empty);
        Forget(FrameKind.Hello, FrameKind.Fault);
        byte[] hello = await AskAsync(frame, FrameHeader.Seal(frame, payload, _crc), FrameKind.Hello, limit, cancellation);
        BirthCertificate certificate = BirthCertificate.Read(hello);
        if (!certificate.SpeaksThisProtocol())
        {
            throw new PhysicalSystemException($"Device {_device} speaks protocol {certificate.ProtocolNumber}, edition {certificate.ProtocolHash:x8}; this host speaks {Protocol.Version}, edition {Protocol.Hash:x8}.");
        }

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
        FrameHeader.Write(frame, FrameKind.Command, who.Hello.Epoch, 0, 1, who.BootId, who.DeviceMillis + DeadlineMillis);
        int payload = CommandFrame.Write(frame, CommandCode.ClearFault, _holder, 0, reason);
        Forget(FrameKind.Reply);
        byte[] reply = await AskAsync(frame, FrameHeader.Seal(frame, payload, _crc), FrameKind.Reply, limit, cancellation, once: true);
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

    private async Task<byte[]> AskAsync(byte[] frame, int length, FrameKind answer, TimeSpan limit, CancellationToken cancellation, bool once = false)
    {
        long start = _time.GetTimestamp(), asked = 0;
        bool sent = false;
        while (_time.GetElapsedTime(start) < limit)
        {
            if (_transport.IsConnected && (!sent || (!once && _time.GetElapsedTime(asked) >= BetweenQuestions)))
            {
                sent = _transport.Send(frame, length) || sent;
                _transport.Flush();
                asked = _time.GetTimestamp();
            }

            if (Newest(answer) is byte[] came) { return came; }
            await Task.Delay(Step, _time, cancellation);
        }

        throw new PhysicalSystemException(sent
            ? $"Device {_device} did not answer within {limit.TotalSeconds:0.#} s."
            : $"There is no broker at {_transport.Peer}.");
    }

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
        lock (_gate) { _newest[FrameHeader.Kind(frame)] = frame; }
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
