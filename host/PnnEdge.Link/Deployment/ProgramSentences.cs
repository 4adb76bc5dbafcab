using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>What a device's no to a program or a request means: asked, possible, unit, in one sentence.</summary>
internal static class ProgramSentences
{
    public static PhysicalSystemException NotArmed(DeviceAddress device, byte[] reply) => new(ReplyFrame.Reason(reply) == RefusalReason.LeaseHeld
        ? $"Another host holds device {device} for {ReplyFrame.Detail(reply) / 1000.0:0.0} s more; a program is deployed by who may drive."
        : $"Device {device} gave no lease to deploy under: {ReplyFrame.Reason(reply)} (detail {ReplyFrame.Detail(reply)}).");

    public static PhysicalSystemException Refused(DeviceAddress device, SealedProgram program, byte[] reply)
    {
        if (ReplyFrame.Reason(reply) == RefusalReason.WrongTag)
        {
            return new($"Device {device} has another key than the one this program is sealed under; give its own with --key-file.");
        }

        if (ReplyFrame.Reason(reply) != RefusalReason.ProgramRefused)
        {
            return new($"Device {device} refused the program: {ReplyFrame.Reason(reply)} (detail {ReplyFrame.Detail(reply)}).");
        }

        uint possible = ReplyFrame.ValueSet(reply);
        return new((ProgramFlaw)ReplyFrame.Detail(reply) switch
        {
            ProgramFlaw.NoKey => $"Device {device} has no key, and takes no program; it is given one when it is set up.",
            ProgramFlaw.TooLong when possible == 0 => $"Device {device} takes no programs.",
            ProgramFlaw.TooLong => $"This program has {program.Bytes.Length} bytes; device {device} takes at most {possible}.",
            ProgramFlaw.Memory => $"This program takes {program.Layout.MemoryBytes()} bytes of memory once loaded; device {device} has {possible} for it.",
            ProgramFlaw.Plan => $"Device {device} cannot play this program's shots: limit {(PlanLimit)possible}.",
            ProgramFlaw.Stimulus => $"This program drives beyond the stimulus limits of device {device}.",
            ProgramFlaw.Actuators => $"This program sets actuator {possible} of device {device} beyond its limits, or by too large a step.",
            ProgramFlaw.LocalInput => $"Device {device} has no input of its own that gives {program.Layout.Features} features; leave the timer out, and ask it.",
            ProgramFlaw.Storage => $"Device {device} could not store the program; the one before still runs.",
            ProgramFlaw.Format => $"Device {device} reads programs of format {possible}; this host writes another.",
            ProgramFlaw flaw => $"Device {device} refused the program: {flaw} (possible {possible}).",
        });
    }

    public static PhysicalSystemException NotAnswered(DeviceAddress device, int features, byte[] reply) => new(ReplyFrame.Reason(reply) switch
    {
        RefusalReason.NoProgram => $"Device {device} has no program; 'pnn deploy' gives it one.",
        RefusalReason.WrongLength => $"A sample has {features} features; the program on device {device} takes {ReplyFrame.Detail(reply)}.",
        RefusalReason.LeaseHeld => $"Another host holds device {device} for {ReplyFrame.Detail(reply) / 1000.0:0.0} s more; it answers once nobody drives it.",
        RefusalReason.Faulted => $"Device {device} is in fault ({(FaultCode)ReplyFrame.Detail(reply)}) and has made its outputs safe.",
        RefusalReason.NotFinite => $"A sample's numbers run away in the program on device {device}; they are far from what it was trained on.",
        RefusalReason reason => $"Device {device} did not run its program: {reason} (detail {ReplyFrame.Detail(reply)}).",
    });
}
