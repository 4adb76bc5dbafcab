using PnnEdge.Firmware.Core;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>The plan for shots on a board that is at hand, as long as its frames and transfers allow, and what it makes of the board as a physical system.</summary>
internal static class InProcessPlan
{
    /// <param name="settleMicros">Waited after an actuator moved, µs.</param>
    /// <exception cref="PhysicalSystemException">Not even one shot fits.</exception>
    public static RunPlan For(Board board, double sampleRateHz, ShotShape asked, uint settleMicros)
    {
        ShotShape shot = board.LagSamples == 0 ? asked : new AlignedShot(asked, board.LagSamples).Played;
        int outputs = board.Count(ChannelRole.Stimulus), inputs = board.Count(ChannelRole.Measurement);
        ArgumentOutOfRangeException.ThrowIfLessThan(shot.StimulusSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shot.MeasurementSamples, 1);
        int words = (board.MaxFrameBytes - FrameHeader.Bytes - MeasurementBlock.FixedBytes) / 2;
        int fit = words / Math.Max(outputs * shot.StimulusSamples, inputs * shot.MeasurementSamples);
        int shots = Math.Min(fit, (int)(((1000.0 * board.LongestTransferMillis) - settleMicros) * sampleRateHz / 1e6 / shot.Samples));
        return shots > 0
            ? new RunPlan
            {
                SampleRateMilliHertz = (uint)Math.Round(sampleRateHz * 1000),
                StimulusWords = outputs * shot.StimulusSamples,
                MeasurementWords = inputs * shot.MeasurementSamples,
                MeasurementStartSample = shot.MeasurementStartSample,
                RestSamples = shot.RestSamples,
                ShotsPerBlock = Math.Min(shots, ushort.MaxValue),
                StimulusChannels = outputs,
                MeasurementChannels = inputs,
                Actuators = board.Count(ChannelRole.Actuator),
                SettleMicros = settleMicros,
            }
            : throw new PhysicalSystemException(
                $"Asked for shots of {asked.StimulusSamples} samples played, {asked.RestSamples} at rest and {asked.MeasurementSamples} measured{AlignedShot.Beside(board.LagSamples)}; board {board.Name} holds {words} samples{(outputs > 1 ? $" of {outputs} channels together" : "")} in one frame and plays for at most {board.LongestTransferMillis} ms.");
    }

    public static SystemDescription Describe(string bench, Board board, RunPlan plan, VoltScale drive, VoltScale node, ShotShape asked)
    {
        ChannelRecord output = board.OfRole(ChannelRole.Stimulus)[0];
        return new SystemDescription(
            $"{bench}#{board.UnitSerial}",
            board.Simulated,
            plan.StimulusWords,
            plan.MeasurementWords,
            plan.SampleRateMilliHertz / 1000.0,
            new VoltRange(
                drive.VoltsFromCode(drive.LowestCodeInside(output.LimitMinVolts)),
                drive.VoltsFromCode(drive.HighestCodeInside(output.LimitMaxVolts))),
            drive.StepVolts,
            new VoltRange(node.MinVolts, node.VoltsFromCode(node.Codes - 1)),
            [.. board.OfRole(ChannelRole.Actuator).Select(c => new ActuatorPort(c.Name, new VoltRange(c.LimitMinVolts, c.LimitMaxVolts), c.Count))])
        {
            MeasurementStepVolts = node.StepVolts,
            Lag = board.LagSamples == 0 ? null : new UnknownLag(board.LagSamples, asked, Places(board, ChannelRole.Stimulus), Places(board, ChannelRole.Measurement)),
        };
    }

    private static ChannelPlaces Places(Board board, ChannelRole role)
    {
        ChannelRecord[] channels = board.OfRole(role);
        return new ChannelPlaces(channels.Length, ChannelPlace.Of(channels, ChannelPurpose.Bench), ChannelPlace.Of(channels, ChannelPurpose.Reference));
    }
}
