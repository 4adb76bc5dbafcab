using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>From what a device says it can do and what is wanted of it, the plan of the run and its description.</summary>
internal static class PlanBuilder
{
    /// <param name="longestAnswerBytes">Longest frame that this host takes.</param>
    /// <exception cref="PhysicalSystemException">The device cannot play it; asked, possible and unit in one sentence.</exception>
    public static RunPlan Build(string device, BirthCertificate hello, RunShape shape, int longestAnswerBytes)
    {
        ShotShape shot = Played(hello, shape.Shot);
        ChannelRecord[] drives = OfRole(hello, ChannelRole.Stimulus), nodes = OfRole(hello, ChannelRole.Measurement);
        RequireAlike(device, drives, "stimulus");
        RequireAlike(device, nodes, "measurement");
        double highestHz = drives.Concat(nodes).Min(channel => channel.MaxRateMilliHertz) / 1000.0;
        if (!(shape.SampleRateHz > 0 && shape.SampleRateHz <= highestHz))
        {
            throw new PhysicalSystemException($"Asked for {shape.SampleRateHz} Hz; device {device} samples at up to {highestHz} Hz.");
        }

        long stimulusWords = (long)shot.StimulusSamples * drives.Length, measurementWords = (long)shot.MeasurementSamples * nodes.Length;
        long mostBytes = Math.Min(hello.MaxFrameBytes, longestAnswerBytes);
        long frameBytes = Math.Min(mostBytes, Math.Max(shape.LongestFrameBytes, FrameHeader.Bytes + MeasurementBlock.FixedBytes + (2 * Math.Max(stimulusWords, measurementWords))));
        long fit = stimulusWords < 1 || measurementWords < 1
            ? 0
            : Math.Min(
                (frameBytes - FrameHeader.Bytes - StimulusBlock.FixedBytes) / (2 * stimulusWords),
                (frameBytes - FrameHeader.Bytes - MeasurementBlock.FixedBytes) / (2 * measurementWords));
        double shotMillis = 1000.0 * shot.Samples / shape.SampleRateHz;
        long inTime = (long)((hello.LongestTransferMillis - (shape.SettleMicros / 1000.0)) / shotMillis);
        long shots = Math.Min(Math.Min(fit, inTime), ushort.MaxValue);
        if (shots < 1 || stimulusWords > ushort.MaxValue || measurementWords > ushort.MaxValue)
        {
            throw new PhysicalSystemException(
                $"Asked for shots of {shape.Shot.StimulusSamples} samples played and {shape.Shot.MeasurementSamples} measured{AlignedShot.Beside((int)hello.LagSamples)} at {shape.SampleRateHz} Hz; device {device} takes 1 or more samples, frames of {mostBytes} bytes and transfers of {hello.LongestTransferMillis} ms.");
        }

        if (shot.MeasurementStartSample < 0 || shot.RestSamples is < 0 or > ushort.MaxValue || shot.MeasurementStartSample + (long)shot.MeasurementSamples > shot.Samples)
        {
            throw new PhysicalSystemException(
                $"Asked to measure {shot.MeasurementSamples} samples from sample {shot.MeasurementStartSample} on; a shot of {shot.StimulusSamples} samples played and {shot.RestSamples} at rest has samples 0 to {shot.Samples - 1}.");
        }

        return new RunPlan
        {
            SampleRateMilliHertz = (uint)Math.Round(shape.SampleRateHz * 1000),
            StimulusWords = (int)stimulusWords,
            MeasurementWords = (int)measurementWords,
            MeasurementStartSample = shot.MeasurementStartSample,
            RestSamples = shot.RestSamples,
            ShotsPerBlock = (int)shots,
            StimulusChannels = drives.Length,
            MeasurementChannels = nodes.Length,
            Actuators = OfRole(hello, ChannelRole.Actuator).Sum(bank => bank.Count),
            SettleMicros = shape.SettleMicros,
        };
    }

    /// <param name="rateMilliHertz">As the device really set it.</param>
    /// <param name="asked">The shot that the plan was made for.</param>
    public static SystemDescription Describe(BirthCertificate hello, RunPlan plan, uint rateMilliHertz, ShotShape asked)
    {
        ChannelRecord drive = OfRole(hello, ChannelRole.Stimulus)[0], node = OfRole(hello, ChannelRole.Measurement)[0];
        VoltScale driveScale = Scale(drive), nodeScale = Scale(node);
        return new SystemDescription(
            $"{hello.Board}#{hello.UnitSerial}",
            hello.Simulated,
            plan.StimulusWords,
            plan.MeasurementWords,
            rateMilliHertz / 1000.0,
            new VoltRange(
                driveScale.VoltsFromCode(driveScale.LowestCodeInside(drive.LimitMinVolts)),
                driveScale.VoltsFromCode(driveScale.HighestCodeInside(drive.LimitMaxVolts))),
            driveScale.StepVolts,
            new VoltRange(nodeScale.MinVolts, nodeScale.VoltsFromCode(nodeScale.Codes - 1)),
            [.. OfRole(hello, ChannelRole.Actuator).Select(channel => new ActuatorPort(channel.Name, new VoltRange(channel.LimitMinVolts, channel.LimitMaxVolts), channel.Count))])
        {
            Lag = hello.LagSamples == 0
                ? null
                : new UnknownLag((int)hello.LagSamples, asked, Places(hello, ChannelRole.Stimulus), Places(hello, ChannelRole.Measurement)),
            MeasurementStepVolts = nodeScale.StepVolts,
        };
    }

    public static ChannelRecord[] OfRole(BirthCertificate hello, ChannelRole role) => [.. hello.Channels.Where(channel => channel.Role == role)];

    public static VoltScale Scale(ChannelRecord channel) => new(channel);

    /// <summary>What really goes out: longer than asked for where its answer may come late.</summary>
    private static ShotShape Played(BirthCertificate hello, ShotShape asked) =>
        hello.LagSamples == 0 ? asked : new AlignedShot(asked, (int)hello.LagSamples).Played;

    private static ChannelPlaces Places(BirthCertificate hello, ChannelRole role)
    {
        ChannelRecord[] channels = OfRole(hello, role);
        return new ChannelPlaces(channels.Length, ChannelPlace.Of(channels, ChannelPurpose.Bench), ChannelPlace.Of(channels, ChannelPurpose.Reference));
    }

    /// <summary>One description of volts must hold for every word of a shot.</summary>
    private static void RequireAlike(string device, ChannelRecord[] channels, string role)
    {
        if (channels.Length == 0)
        {
            throw new PhysicalSystemException($"Device {device} has no {role} channel; a physical system needs at least one.");
        }

        if (channels.Any(c => (c.MinVolts, c.MaxVolts, c.Bits, c.LimitMinVolts, c.LimitMaxVolts, c.Coding) !=
            (channels[0].MinVolts, channels[0].MaxVolts, channels[0].Bits, channels[0].LimitMinVolts, channels[0].LimitMaxVolts, channels[0].Coding)))
        {
            throw new PhysicalSystemException($"Device {device} has {role} channels of different ranges or codings; a physical system needs one for all of them.");
        }
    }
}
