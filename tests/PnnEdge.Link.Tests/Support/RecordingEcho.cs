using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Support;

/// <summary>Converters that measure what they play, shifted by the actuator, and write down every frame they were asked to play.</summary>
internal sealed class RecordingEcho : IConverters
{
    /// <summary>How often each frame id, (epoch, sequence), reached the converters.</summary>
    public Dictionary<(uint Epoch, uint Sequence), int> Plays { get; } = [];

    public float ActuatorVolts { get; private set; }

    /// <summary>The next so many blocks run dry: what they measure is nonsense, and flagged.</summary>
    public int BlocksToRunDry { get; set; }

    public FaultCode MakeSafe()
    {
        ActuatorVolts = 0f;
        return FaultCode.None;
    }

    public void PulseEnable()
    {
    }

    public FaultCode SetActuators(float[] volts, out int failed)
    {
        ActuatorVolts = volts.Length == 0 ? 0f : volts[^1];
        failed = 0;
        return FaultCode.None;
    }

    public uint SetSampleRate(uint milliHertz) => milliHertz;

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        (uint, uint) id = (FrameHeader.Epoch(stimulus), FrameHeader.Sequence(stimulus));
        Plays[id] = Plays.GetValueOrDefault(id) + 1;
        int shift = ShiftCodes(ActuatorVolts);
        for (int word = 0; word < shots * plan.StimulusWords; word++)
        {
            int code = (Bytes.GetUInt16(stimulus, stimulusAt + (2 * word)) + shift) & 0xFFF;
            Bytes.PutUInt16(measurement, measurementAt + (2 * word), BlocksToRunDry > 0 ? 0xFFF - code : code);
        }

        return BlocksToRunDry-- > 0 ? MeasurementBlock.UnderrunFlag : 0;
    }

    /// <summary>A wrong parameter set shows in every sample.</summary>
    public static int ShiftCodes(float actuatorVolts) => (int)(actuatorVolts * 1000);
}
