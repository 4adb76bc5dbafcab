using PnnEdge.Link.Devices;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>A desk's own lease, for as long as pieces of a program or a package travel.</summary>
/// <param name="desk">The caller's.</param>
/// <param name="limit">For one answer of the device.</param>
internal sealed class DeskLease(DeviceDesk desk, TimeSpan limit)
{
    private const uint LeaseMillis = 5000;

    /// <summary>A broker hands on small frames sooner, and a device need not hold longer ones.</summary>
    private const int MostPieceBytes = 4096;
    private const int MostAttempts = 5;

    private uint _control;

    /// <summary>Newest that the device is known to have issued.</summary>
    public uint Epoch { get; private set; }

    public uint BootId { get; private set; }

    /// <summary>Bytes that one frame to this device carries.</summary>
    public int LongestPieceBytes { get; private set; }

    public void Know(DeviceGreeting who)
    {
        (Epoch, BootId) = (who.Hello.Epoch, who.BootId);
        LongestPieceBytes = (int)Math.Min(MostPieceBytes, who.Hello.MaxFrameBytes - FrameHeader.Bytes - ProgramChunk.FixedBytes);
    }

    /// <param name="who">Just identified.</param>
    /// <exception cref="PhysicalSystemException">It is in fault, another host holds it, or it did not answer.</exception>
    public async Task ArmAsync(DeviceGreeting who, CancellationToken cancellation)
    {
        if (!await TryArmAsync(who, cancellation)) { throw desk.Silence(limit); }
    }

    /// <summary>The same; false when it did not answer.</summary>
    public async Task<bool> TryArmAsync(DeviceGreeting who, CancellationToken cancellation)
    {
        if (who.Fault is { } fault) { throw new PhysicalSystemException($"Device {desk.Device} is in fault: {fault.Text} ({fault.Code}); clear it first with 'pnn device reset'."); }
        Know(who);
        for (int attempt = 1; ; attempt++)
        {
            if (await TryCommandAsync(CommandCode.Arm, LeaseMillis, cancellation) is not byte[] reply) { return false; }
            RefusalReason reason = ReplyFrame.Reason(reply);
            if (reason == RefusalReason.Accepted)
            {
                (Epoch, _control) = (FrameHeader.Epoch(reply), 0);
                return true;
            }

            // A reply that was lost, or another host's arm, leaves the device with a newer epoch: compare and swap again.
            if (reason != RefusalReason.WrongEpoch || attempt == MostAttempts) { throw ProgramSentences.NotArmed(desk.Device, reply); }
            Epoch = ReplyFrame.Detail(reply);
        }
    }

    /// <summary>One piece, from <paramref name="offset"/> on; the device's reply, or null when none came.</summary>
    public async Task<byte[]?> TrySendAsync(ProgramCargo cargo, byte[] whole, int offset, CancellationToken cancellation)
    {
        int count = Math.Min(LongestPieceBytes, whole.Length - offset);
        byte[] frame = new byte[FrameHeader.Bytes + ProgramChunk.PayloadBytes(count)];
        uint sequence = ++_control;
        FrameHeader.Write(frame, FrameKind.Program, Epoch, 0, sequence, BootId, 0);
        ProgramChunk.Write(frame, cargo, whole, offset, count, Bytes.GetUInt32(whole, whole.Length - 4));
        return await desk.TryAskAsync(frame, ProgramChunk.PayloadBytes(count), came => IsReply(came, FrameKind.Program, sequence), limit, cancellation);
    }

    /// <summary>A device that does not hear it makes its outputs safe when the lease lapses; its refusal means that it has.</summary>
    public Task DisarmAsync() => TryCommandAsync(CommandCode.Disarm, 0, CancellationToken.None);

    public static bool IsReply(byte[] frame, FrameKind kind, uint sequence) =>
        FrameHeader.Kind(frame) == FrameKind.Reply && ReplyFrame.AnsweredKind(frame) == kind && ReplyFrame.AnsweredSequence(frame) == sequence;

    private async Task<byte[]?> TryCommandAsync(CommandCode code, uint argument, CancellationToken cancellation)
    {
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];
        uint sequence = ++_control;
        FrameHeader.Write(frame, FrameKind.Command, Epoch, 0, sequence, BootId, 0);
        int payload = CommandFrame.Write(frame, code, desk.Holder, argument, string.Empty);
        return await desk.TryAskAsync(
            frame, payload, came => IsReply(came, FrameKind.Command, sequence) && ReplyFrame.Command(came) == code, limit, cancellation);
    }
}
