using PnnEdge.Link.Devices;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>What a deployed network answered.</summary>
/// <param name="Confidence">Share of the softmax, 0 to 1.</param> <param name="Scores">[class].</param>
/// <param name="ProgramVersion">Which program it was.</param> <param name="Clamped">Data slots beyond the drive range.</param>
/// <param name="Saturated">Measured words at an end of the converter's range.</param> <param name="RunMicros">How long the device took, µs.</param>
public sealed record InferAnswer(int Class, float Confidence, float[] Scores, uint ProgramVersion, int Clamped, uint Saturated, uint RunMicros);

/// <summary>Programs to a device and answers from it, outside of any session. A lease is held for as long as a program travels, and given back.</summary>
/// <param name="desk">The caller's.</param>
/// <param name="limit">For one answer of the device.</param>
public sealed class ProgramDesk(DeviceDesk desk, TimeSpan limit)
{
    private const int MostAttempts = 5;

    private readonly DeskLease _lease = new(desk, limit);
    private uint _request;
    private bool _isKnown;

    /// <summary>Sends a program, which the device runs from then on; how many frames that took.</summary>
    /// <exception cref="PhysicalSystemException">The device is in fault, another host holds it, it does not want the program, or did not answer.</exception>
    public async Task<int> DeployAsync(SealedProgram program, CancellationToken cancellation)
    {
        await _lease.ArmAsync(await desk.IdentifyAsync(limit, cancellation), cancellation);
        _isKnown = true;
        try
        {
            return await SendAsync(program, cancellation);
        }
        finally
        {
            await _lease.DisarmAsync();
        }
    }

    /// <summary>Runs the device's program once.</summary>
    /// <param name="features">[feature], 1, in the network's own order; finite.</param>
    /// <exception cref="PhysicalSystemException">The device has no program, or one that takes other features, or another host holds it, or it did not answer.</exception>
    public async Task<InferAnswer> InferAsync(float[] features, CancellationToken cancellation)
    {
        byte[] frame = new byte[FrameHeader.Bytes + InferRequest.PayloadBytes(features.Length)];
        for (int attempt = 1; ; attempt++)
        {
            if (!_isKnown) { await LearnAsync(cancellation); }
            uint sequence = ++_request;
            FrameHeader.Write(frame, FrameKind.InferRequest, _lease.Epoch, 0, sequence, _lease.BootId, 0);
            InferRequest.Write(frame, features);
            byte[] answer = await desk.AskAsync(
                frame, InferRequest.PayloadBytes(features.Length), came => IsResult(came, sequence) || DeskLease.IsReply(came, FrameKind.InferRequest, sequence), limit, cancellation);
            if (FrameHeader.Kind(answer) == FrameKind.InferResult) { return Read(answer); }

            // Another host, or a restart, has made this one's knowledge old; a bench that ran dry may be asked again.
            RefusalReason reason = ReplyFrame.Reason(answer);
            bool mayRepeat = reason is RefusalReason.WrongEpoch or RefusalReason.WrongBoot or RefusalReason.Expired
                || (reason == RefusalReason.WrongState && ReplyFrame.Detail(answer) == InferRequest.RanDryDetail);
            if (!mayRepeat || attempt == MostAttempts) { throw ProgramSentences.NotAnswered(desk.Device, features.Length, answer); }
            _isKnown = false;
        }
    }

    private async Task LearnAsync(CancellationToken cancellation)
    {
        DeviceGreeting who = await desk.IdentifyAsync(limit, cancellation);

        // Sequences of one host begin where no other's newest is likely to be: a repeat of that one would be answered with its result.
        if (_request == 0) { _request = desk.Holder & 0x7FFFFFFF; }
        _lease.Know(who);
        _isKnown = true;
    }

    private async Task<int> SendAsync(SealedProgram program, CancellationToken cancellation)
    {
        int pieces = 0;
        for (int offset = 0; offset < program.Bytes.Length; offset += _lease.LongestPieceBytes)
        {
            byte[] reply = await _lease.TrySendAsync(ProgramCargo.Program, program.Bytes, offset, cancellation) ?? throw desk.Silence(limit);
            if (ReplyFrame.Reason(reply) != RefusalReason.Accepted) { throw ProgramSentences.Refused(desk.Device, program, reply); }
            pieces++;
        }

        return pieces;
    }

    private static bool IsResult(byte[] frame, uint sequence) =>
        FrameHeader.Kind(frame) == FrameKind.InferResult && InferResult.Source(frame) == InferSource.Request && FrameHeader.Sequence(frame) == sequence;

    private static InferAnswer Read(byte[] frame) => new(
        InferResult.Class(frame), InferResult.Confidence(frame), [.. Enumerable.Range(0, InferResult.Count(frame)).Select(c => InferResult.Score(frame, c))],
        InferResult.ProgramVersion(frame), InferResult.Clamped(frame), InferResult.Saturated(frame), InferResult.RunMicros(frame));
}
