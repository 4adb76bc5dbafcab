using PnnEdge.Link.Devices;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>What became of an update.</summary>
/// <param name="From">The version that ran before.</param> <param name="Runs">The one that runs now; empty while that is not known.</param>
/// <param name="Boot">As the device's newest hello says.</param> <param name="Frames">Pieces that the device took.</param>
/// <param name="IsConfirmed">The package runs, and has confirmed itself.</param>
public sealed record UpdateResult(string From, string Runs, BootState Boot, int Frames, bool IsConfirmed);

/// <summary>Firmware to a device, and what becomes of it there. Pieces that are lost, and a connection that is, cost time and no more.</summary>
/// <param name="desk">The caller's.</param>
/// <param name="limit">For one answer of the device.</param>
public sealed class UpdateDesk(DeviceDesk desk, TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private readonly DeskLease _lease = new(desk, limit);

    /// <summary>Sends a package; returns once the device has confirmed it, given it up, or had <paramref name="patience"/>.</summary>
    /// <param name="patience">For silence while it is sent, and then for its confirmation.</param>
    /// <param name="mayNotBeSeen">Send firmware of another edition of the wire, too: whether it confirms itself this host cannot see.</param>
    /// <param name="sent">Told the bytes that the device holds.</param>
    /// <param name="seen">Told what its newest hello says.</param>
    /// <exception cref="PhysicalSystemException">The device is in fault, held by another host, does not want the package, or is silent.</exception>
    public async Task<UpdateResult> UpdateAsync(
        FirmwarePackage package, TimeSpan patience, bool mayNotBeSeen, Action<int> sent, Action<BootState> seen, CancellationToken cancellation)
    {
        DeviceGreeting before = await desk.IdentifyAsync(limit, cancellation);
        if (package.Board != before.Hello.Board)
        {
            throw new PhysicalSystemException($"This package is for boards named {package.Board}; device {desk.Device} is a {before.Hello.Board}.");
        }

        bool isSeen = package.ProtocolHash == Protocol.Hash;
        if (!isSeen && !mayNotBeSeen)
        {
            throw new PhysicalSystemException($"This package speaks edition {package.ProtocolHash:x8} of the wire; this host speaks {Protocol.Hash:x8} and could not see whether it confirms itself.");
        }

        int frames = await SendAsync(package, before, patience, sent, cancellation);
        return isSeen ? await WatchAsync(before, patience, seen, cancellation) with { Frames = frames } : new(before.Hello.FirmwareVersion, string.Empty, before.Hello.Boot, frames, IsConfirmed: false);
    }

    private async Task<int> SendAsync(FirmwarePackage package, DeviceGreeting before, TimeSpan patience, Action<int> sent, CancellationToken cancellation)
    {
        await _lease.ArmAsync(before, cancellation);
        int offset = 0, frames = 0;
        long heard = time.GetTimestamp();
        try
        {
            while (offset < package.Bytes.Length)
            {
                byte[]? reply = await _lease.TrySendAsync(ProgramCargo.Firmware, package.Bytes, offset, cancellation);
                if (reply is not null) { heard = time.GetTimestamp(); }
                if (reply is null || IsOfAnotherLease(ReplyFrame.Reason(reply)))
                {
                    // Out of reach, or it was: what it holds by now its answer to the next piece says.
                    if (time.GetElapsedTime(heard) > patience) { throw desk.Silence(patience); }
                    if (await desk.TryIdentifyAsync(limit, cancellation) is { } who) { await _lease.TryArmAsync(who, cancellation); }
                    continue;
                }

                RefusalReason reason = ReplyFrame.Reason(reply);
                if (reason != RefusalReason.Accepted && !IsGap(reply)) { throw PackageSentences.Refused(desk.Device, package, reply); }
                frames += reason == RefusalReason.Accepted ? 1 : 0;
                offset = (int)ReplyFrame.ValueSet(reply);
                sent(offset);
            }
        }
        finally
        {
            await _lease.DisarmAsync();
        }

        return frames;
    }

    /// <summary>From the hello of another start on: a slot on trial is waited for, anything else is the answer.</summary>
    private async Task<UpdateResult> WatchAsync(DeviceGreeting before, TimeSpan patience, Action<BootState> seen, CancellationToken cancellation)
    {
        UpdateResult result = new(before.Hello.FirmwareVersion, string.Empty, before.Hello.Boot, 0, IsConfirmed: false);
        for (long start = time.GetTimestamp(); time.GetElapsedTime(start) < patience; await Task.Delay(BetweenLooks, time, cancellation))
        {
            DeviceGreeting? who = await desk.TryIdentifyAsync(limit, cancellation);
            if (who is null || who.BootId == before.BootId) { continue; }
            BootState boot = who.Hello.Boot;
            seen(boot);
            bool isOther = boot is BootState.SlotA or BootState.SlotB && boot != before.Hello.Boot;
            result = result with { Runs = who.Hello.FirmwareVersion, Boot = boot, IsConfirmed = isOther };
            if (boot is not (BootState.TrialA or BootState.TrialB)) { return result; }
        }

        return result;
    }

    private static bool IsOfAnotherLease(RefusalReason reason) => reason is
        RefusalReason.NotArmed or RefusalReason.WrongEpoch or RefusalReason.WrongBoot or RefusalReason.Expired or RefusalReason.StaleSequence;

    private static bool IsGap(byte[] reply) => ReplyFrame.Reason(reply) == RefusalReason.ProgramRefused && ReplyFrame.Detail(reply) == (uint)ProgramFlaw.Chunk;
}
