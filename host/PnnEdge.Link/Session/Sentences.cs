using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>What a device's no means for the person at the bench: asked, possible, unit, in one sentence.</summary>
internal static class Sentences
{
    public static PhysicalSystemException WrongProtocol(string device, BirthCertificate hello) => hello.ProtocolNumber != Protocol.Version
        ? new($"Device {device} speaks protocol {hello.ProtocolNumber}; this host speaks protocol {Protocol.Version}.")
        : new($"Device {device} speaks another edition of protocol {Protocol.Version} (hash {hello.ProtocolHash:x8}); this host speaks edition {Protocol.Hash:x8}.");

    public static PhysicalSystemException Fault(string device, FaultReport fault) =>
        new($"Device {device} is in fault and has made its outputs safe: {fault.Text} ({fault.Code}{Numbers(fault)}); it works again once somebody clears the fault.");

    public static PhysicalSystemException AnotherBoard(string device, BirthCertificate was, BirthCertificate now) =>
        new($"Device {device} was {was.Board}#{was.UnitSerial} and came back as {now.Board}#{now.UnitSerial} or with other channels; the run cannot go on with it.");

    public static PhysicalSystemException PlanRefused(SessionFacts facts, byte[] reply)
    {
        uint possible = ReplyFrame.ValueSet(reply);
        RunPlan plan = facts.Plan!;
        string why = (PlanLimit)ReplyFrame.Detail(reply) switch
        {
            PlanLimit.StimulusChannels => $"asked for {plan.StimulusChannels} stimulus channels, {possible} are possible",
            PlanLimit.MeasurementChannels => $"asked for {plan.MeasurementChannels} measurement channels, {possible} are possible",
            PlanLimit.Actuators => $"asked for {plan.Actuators} actuators, {possible} are possible",
            PlanLimit.SampleRate => $"asked for {plan.SampleRateMilliHertz / 1000.0} Hz, {possible / 1000.0} Hz is possible",
            PlanLimit.FrameBytes => $"asked for {plan.ShotsPerBlock} shots per block, {possible} are possible",
            PlanLimit.TransferTime => $"asked for blocks of {BlockMillis(plan)} ms, {possible} ms is possible",
            _ => $"limit {ReplyFrame.Detail(reply)}",
        };
        return new($"Device {facts.Device} refused the plan: {why}.");
    }

    public static PhysicalSystemException ParametersRefused(SessionFacts facts, byte[] reply, float[] volts)
    {
        RefusalReason reason = ReplyFrame.Reason(reply);
        ChannelRecord[] actuators = PlanBuilder.OfRole(facts.Hello!, ChannelRole.Actuator);
        uint index = ReplyFrame.Detail(reply);
        return reason is RefusalReason.OutOfRange or RefusalReason.NotFinite && BankOf(actuators, index, volts) is { } bank
            ? new($"Asked for {volts[index]} V on actuator {ChannelBanks.NameOf(actuators, (int)index)}; device {facts.Device} accepts {bank.LimitMinVolts} to {bank.LimitMaxVolts} V.")
            : new($"Device {facts.Device} refused the actuator values: {reason} (detail {index}).");
    }

    /// <param name="asked">The codes of the refused frame.</param>
    public static PhysicalSystemException StimulusRefused(SessionFacts facts, byte[] reply, byte[] asked, int firstShot, float[] actuatorVolts)
    {
        RefusalReason reason = ReplyFrame.Reason(reply);
        uint index = ReplyFrame.Detail(reply);
        RunPlan plan = facts.Plan!;
        ChannelRecord[] actuators = PlanBuilder.OfRole(facts.Hello!, ChannelRole.Actuator);
        ChannelRecord drive = PlanBuilder.OfRole(facts.Hello!, ChannelRole.Stimulus)[0];
        long words = (FrameHeader.PayloadLength(asked) - StimulusBlock.FixedBytes) / 2;
        if (reason is RefusalReason.OutOfRange or RefusalReason.SlewExceeded && index < words)
        {
            float volts = facts.Drive!.VoltsFromCode(facts.Drive.CodeOfWord(Bytes.GetUInt16(asked, StimulusBlock.CodesAt + (2 * (int)index))));
            string where = $"in shot {firstShot + (index / plan.StimulusWords)}, sample {index % plan.StimulusWords / plan.StimulusChannels}";
            return reason == RefusalReason.OutOfRange
                ? new($"Asked for {volts} V {where}; device {facts.Device} accepts {drive.LimitMinVolts} to {drive.LimitMaxVolts} V.")
                : new($"Asked for {volts} V {where}; device {facts.Device} allows steps of at most {drive.MaxStepVolts} V per sample.");
        }

        uint actuator = index ^ ReplyFrame.ActuatorDetailFlag;
        if (reason == RefusalReason.SlewExceeded && BankOf(actuators, actuator, actuatorVolts) is { } bank)
        {
            return new($"Asked for {actuatorVolts[actuator]} V on actuator {ChannelBanks.NameOf(actuators, (int)actuator)}; device {facts.Device} allows steps of at most {bank.MaxStepVolts} V there.");
        }

        return new($"Device {facts.Device} refused a stimulus: {reason} (detail {index}).");
    }

    /// <summary>The bank of the actuator that a reply names; null where it names none of those asked for.</summary>
    private static ChannelRecord? BankOf(ChannelRecord[] banks, uint index, float[] volts) =>
        index < volts.Length ? ChannelBanks.Holding(banks, (int)index, out _) : null;

    private static double BlockMillis(RunPlan plan) =>
        1e6 * plan.ShotsPerBlock * ((plan.StimulusWords / plan.StimulusChannels) + plan.RestSamples) / plan.SampleRateMilliHertz;

    private static string Numbers(FaultReport fault) =>
        fault.Asked == 0f && fault.Limit == 0f ? string.Empty : $", {fault.Asked} where {fault.Limit} is possible";
}
