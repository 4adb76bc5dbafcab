using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>
/// A virtual device without a wire: the same frames through the same firmware core and converters, by function call. Its
/// results equal those over MQTT bit for bit.
/// </summary>
public sealed class InProcessSystem : IPhysicalSystem
{
    private const uint Holder = 1;
    private const uint RunId = 1;
    private const uint BootId = 1;

    private readonly LoopbackLink _link = new();
    private readonly ShotClock _clock = new();
    private readonly HostCrc32 _crc = new();
    private readonly Board _board;
    private readonly VirtualConverters _converters;
    private readonly DeviceLoop _loop;
    private readonly RunPlan _plan;
    private readonly VoltScale _drive;
    private readonly VoltScale _node;
    private readonly BankScales _bankScales;
    private readonly byte[] _frame;
    private float[]? _setVolts;
    private uint _controlSequence;
    private uint _sequence;
    private uint _parameterVersion;
    private uint _parameterHash;
    private long _passes;
    private Measurement? _filling;
    private int _filledShots;
    private string? _refusal;
    private string? _fault;

    /// <param name="sampleRateHz">The rate of <paramref name="bench"/>'s equations.</param>
    /// <param name="time">Measures computing time.</param>
    /// <exception cref="PhysicalSystemException">The board cannot play such shots.</exception>
    public InProcessSystem(Board board, IBenchPhysics bench, double sampleRateHz, ShotShape shot, ConverterFaults faults, TimeProvider time)
    {
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0], node = board.OfRole(ChannelRole.Measurement)[0];
        _board = board;
        _drive = new VoltScale(drive.MinVolts, drive.MaxVolts, drive.Bits);
        _node = new VoltScale(node.MinVolts, node.MaxVolts, node.Bits);
        _bankScales = new BankScales(board.OfRole(ChannelRole.Actuator));
        _frame = new byte[board.MaxFrameBytes];
        _converters = new VirtualConverters(board, bench, sampleRateHz, faults, time, Pacing.AsFastAsPossible, _clock);
        _loop = new DeviceLoop(board, _converters, new VirtualHealth(), _link, _clock, new MemoryStorage(), _crc, BootId);
        _plan = PlanFor(board, sampleRateHz, shot);
        Description = Describe(bench.Name, board, _plan, _drive, _node);
        _link.Sent = Take;
        Arm();
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => new(_passes, 0, 0, 0, _converters.ComputeSeconds);

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        int samples = Description.StimulusSamples;
        float[] applied = new float[stimulus.Volts.Length];
        _filling = new Measurement(
            stimulus.FirstShot, stimulus.Shots, applied, new float[stimulus.ActuatorVolts.Length],
            new float[stimulus.Shots * Description.MeasurementSamples]);
        _filledShots = 0;
        SetActuators(stimulus.ActuatorVolts);
        for (int shot = 0; shot < stimulus.Shots; shot += _plan.ShotsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            int shots = Math.Min(_plan.ShotsPerBlock, stimulus.Shots - shot);
            int words = shots * samples;
            FrameHeader.Write(_frame, FrameKind.Stimulus, _loop.Epoch, RunId, ++_sequence, BootId, Deadline());
            FrameHeader.WriteParameters(_frame, _parameterVersion, _parameterHash);
            StimulusBlock.Write(_frame, stimulus.FirstShot + (ulong)shot, shots);
            _drive.EncodeWords(stimulus.Volts, shot * samples, words, _frame, StimulusBlock.CodesAt);
            _drive.DecodeWords(_frame, StimulusBlock.CodesAt, words, applied, shot * samples);
            Send(StimulusBlock.PayloadBytes(shots, samples), $"shots {shot} to {shot + shots - 1}");
        }

        Measurement measured = _filling;
        _filling = null;
        _bankScales.Round(stimulus.ActuatorVolts, measured.AppliedActuatorVolts);
        _passes += stimulus.Shots;
        return Task.FromResult(measured);
    }

    public ValueTask DisposeAsync()
    {
        // In Fault the outputs are safe already, and a refusal here would hide what went wrong.
        if (_loop.State == LinkState.Armed)
        {
            Command(CommandCode.Disarm);
        }

        return ValueTask.CompletedTask;
    }

    private static RunPlan PlanFor(Board board, double sampleRateHz, ShotShape shot)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shot.StimulusSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shot.MeasurementSamples, 1);
        int words = (board.MaxFrameBytes - FrameHeader.Bytes - MeasurementBlock.FixedBytes) / 2;
        int fit = words / Math.Max(shot.StimulusSamples, shot.MeasurementSamples);
        int shots = Math.Min(fit, (int)(board.LongestTransferMillis * sampleRateHz / 1000 / shot.Samples));
        return shots > 0
            ? new RunPlan
            {
                SampleRateMilliHertz = (uint)Math.Round(sampleRateHz * 1000),
                StimulusWords = shot.StimulusSamples,
                MeasurementWords = shot.MeasurementSamples,
                MeasurementStartSample = shot.MeasurementStartSample,
                RestSamples = shot.RestSamples,
                ShotsPerBlock = Math.Min(shots, ushort.MaxValue),
                StimulusChannels = 1,
                MeasurementChannels = 1,
                Actuators = board.Count(ChannelRole.Actuator),
            }
            : throw new PhysicalSystemException(
                $"Asked for shots of {shot.StimulusSamples} samples played, {shot.RestSamples} at rest and {shot.MeasurementSamples} measured; board {board.Name} holds {words} samples in one frame and plays for at most {board.LongestTransferMillis} ms.");
    }

    private static SystemDescription Describe(string bench, Board board, RunPlan plan, VoltScale drive, VoltScale node)
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
            [.. board.OfRole(ChannelRole.Actuator).Select(c => new ActuatorPort(c.Name, new VoltRange(c.LimitMinVolts, c.LimitMaxVolts), c.Count))]);
    }

    private uint Deadline() => (uint)_clock.Millis() + 1000;

    private void Arm()
    {
        _loop.Step(0);
        Command(CommandCode.Arm);
        FrameHeader.Write(_frame, FrameKind.Plan, _loop.Epoch, RunId, ++_controlSequence, BootId, Deadline());
        _plan.Write(_frame);
        Send(RunPlan.PayloadBytes, "the plan");
    }

    private void Command(CommandCode code)
    {
        FrameHeader.Write(_frame, FrameKind.Command, _loop.Epoch, RunId, ++_controlSequence, BootId, Deadline());
        Send(CommandFrame.Write(_frame, code, Holder, (uint)_board.MaxLeaseMillis, string.Empty), $"command {code}");
        if (code == CommandCode.Arm)
        {
            _controlSequence = 0;
            _sequence = 0;
        }
    }

    private void SetActuators(float[] volts)
    {
        if (_setVolts is not null && volts.AsSpan().SequenceEqual(_setVolts))
        {
            return;
        }

        FrameHeader.Write(_frame, FrameKind.Parameters, _loop.Epoch, RunId, ++_controlSequence, BootId, Deadline());
        int payload = ParameterWriter.Write(_frame, volts);
        _parameterHash = ParameterFrame.Hash(_frame, payload, _crc);
        FrameHeader.WriteParameters(_frame, ++_parameterVersion, _parameterHash);
        Send(payload, $"parameters {_parameterVersion}");
        _setVolts = [.. volts];
    }

    /// <summary>One frame in, its answer taken by <see cref="Take"/> before this returns.</summary>
    private void Send(int payloadBytes, string what)
    {
        _refusal = $"gave no answer to {what}";
        _link.Put(_frame, FrameHeader.Seal(_frame, payloadBytes, _crc));
        _loop.Step(0);
        if (_refusal is not null)
        {
            throw new PhysicalSystemException($"{Description.Name} {_refusal}.");
        }
    }

    private void Take(byte[] frame, int length)
    {
        switch (FrameHeader.Kind(frame))
        {
            case FrameKind.Measurement when _filling is not null:
                int words = MeasurementBlock.Shots(frame) * _plan.MeasurementWords;
                _node.DecodeWords(frame, MeasurementBlock.CodesAt, words, _filling.Volts, _filledShots * _plan.MeasurementWords);
                _filledShots += MeasurementBlock.Shots(frame);
                _refusal = MeasurementBlock.Flags(frame) == 0 ? null : "ran dry while it played a block";
                break;
            case FrameKind.Reply:
                _refusal = ReplyFrame.Reason(frame) == RefusalReason.Accepted
                    ? null
                    : ReplyFrame.Reason(frame) == RefusalReason.Faulted && _fault is not null ? $"is in fault: {_fault}"
                    : $"refused {ReplyFrame.AnsweredKind(frame)} with {ReplyFrame.Reason(frame)} (detail {ReplyFrame.Detail(frame)})";
                break;
            case FrameKind.Fault:
                _fault = FaultReport.Read(frame).Text;
                _refusal = $"is in fault: {_fault}";
                break;
            default:
                break;
        }
    }
}
