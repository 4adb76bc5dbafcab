using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>The lease: when to ask for it, when to renew it, and for how long.</summary>
internal sealed class LeaseKeeper(SessionFacts facts, ControlExchange control)
{
    private const long LeaseInAnswers = 4;
    private const long ShortestWaitMicros = 50_000;
    private const long LongestWaitMicros = 1_000_000;

    /// <summary>For a device that cannot be armed now: it is on its way to Idle.</summary>
    private const long NotReadyMicros = 250_000;

    private uint _armSequence;

    public long ArmAtMicros { get; private set; }

    public long RenewAtMicros { get; private set; }

    public void Arm(long nowMicros) => Send(CommandCode.Arm, ++_armSequence, AskedMillis(), nowMicros);

    public void Renew(long nowMicros) => Send(CommandCode.Renew, control.NextSequence(), AskedMillis(), nowMicros);

    public void GiveBack(long nowMicros) => Send(CommandCode.Disarm, control.NextSequence(), 0, nowMicros);

    public void Granted(uint leaseMillis, long nowMicros)
    {
        facts.LeaseMicros = 1000L * leaseMillis;
        Extended(nowMicros);
    }

    /// <summary>The device began its length anew.</summary>
    public void Extended(long nowMicros) => RenewAtMicros = nowMicros + (facts.LeaseMicros / 3);

    public void RenewAtOnce(long nowMicros) => RenewAtMicros = nowMicros;

    public void HeldByAnother(uint leftMillis, long nowMicros) =>
        ArmAtMicros = nowMicros + Math.Clamp(1000L * leftMillis, ShortestWaitMicros, LongestWaitMicros);

    public void NotReady(long nowMicros) => ArmAtMicros = nowMicros + NotReadyMicros;

    /// <summary>It is no longer ours, and may be asked for at once.</summary>
    public void Forget()
    {
        facts.LeaseMicros = 0;
        ArmAtMicros = 0;
    }

    /// <summary>As short as the host wishes, but long enough for a few answers as slow as they have been, ms.</summary>
    private uint AskedMillis() => (uint)Math.Min(
        Math.Max(facts.Options.LeaseMillis, LeaseInAnswers * facts.SlowestAnswerMicros / 1000), facts.Hello!.MaxLeaseMillis);

    private void Send(CommandCode command, uint sequence, uint argument, long nowMicros)
    {
        int payload = CommandFrame.Write(control.Frame, command, facts.Holder, argument, string.Empty);
        control.Open(FrameKind.Command, command, sequence, payload, nowMicros);
        control.Send(nowMicros);
    }
}
