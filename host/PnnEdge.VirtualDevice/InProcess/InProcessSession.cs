using PnnEdge.Firmware.Core;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>
/// A host's conversation with a device by function call: lease, plan, sets, blocks. What a device has forgotten (it restarted, a
/// set was spoilt, the lease lapsed) is told again and the block repeated, as is a block that ran dry; every other refusal ends in an exception.
/// </summary>
internal sealed class InProcessSession
{
    private const uint Holder = 1;
    private const uint RunId = 1;

    /// <summary>Of one block; a restart is no attempt, for restarts by fault come to an end.</summary>
    private const int MostAttempts = 8;

    private readonly string _name;
    private readonly Board _board;
    private readonly RunPlan _plan;
    private readonly VoltScale _drive;
    private readonly VoltScale _node;
    private readonly IInProcessDevice _device;
    private readonly HostCrc32 _crc = new();
    private readonly byte[] _frame;
    private readonly float[] _setVolts;
    private bool _isArmed;
    private bool _setIsKnown;
    private uint _controlSequence;
    private uint _sequence;
    private uint _parameterVersion;
    private uint _parameterHash;
    private bool _mayRepeat;
    private string? _refusal;
    private string? _fault;
    private float[] _measured = [];
    private int _measuredAt;

    /// <param name="name">For sentences.</param>
    public InProcessSession(string name, Board board, RunPlan plan, VoltScale drive, VoltScale node, IInProcessDevice device)
    {
        (_name, _board, _plan, _drive, _node, _device) = (name, board, plan, drive, node, device);
        _frame = new byte[board.MaxFrameBytes];
        _setVolts = new float[plan.Actuators];
        device.Said = Take;
        if (Arm() is { } refusal)
        {
            throw Refused(refusal);
        }
    }

    /// <param name="volts">[shot, sample], V, from <paramref name="from"/> on.</param>
    /// <param name="actuatorVolts">[actuator], V.</param>
    /// <param name="measured">[shot, sample], V, overwritten from <paramref name="to"/> on.</param>
    /// <exception cref="PhysicalSystemException">The device refused, or is in fault.</exception>
    public void Play(ulong firstShot, int shots, float[] volts, int from, float[] actuatorVolts, float[] measured, int to)
    {
        (_measured, _measuredAt) = (measured, to);
        for (int attempt = 1; TryPlay(firstShot, shots, volts, from, actuatorVolts) is { } refusal; attempt++)
        {
            if (_device.RestartWhenAsked())
            {
                _isArmed = false;
                attempt = 0;
            }
            else if (!_mayRepeat || attempt == MostAttempts)
            {
                throw Refused(attempt == MostAttempts ? $"{refusal}, {attempt} times in a row" : refusal);
            }
        }
    }

    /// <summary>Gives the lease back. In Fault the outputs are safe already, and a refusal would hide what went wrong.</summary>
    public void Close()
    {
        // Not armed any more when the command arrives: the lease has just lapsed, and the outputs are safe.
        if (_device.Firmware.State == LinkState.Armed && Command(CommandCode.Disarm) is { } refusal && _isArmed)
        {
            throw Refused(refusal);
        }

        _isArmed = false;
    }

    private PhysicalSystemException Refused(string refusal) => new($"{_name} {refusal}.");

    private uint Deadline => (uint)_device.Clock.Millis() + 1000;

    /// <summary>Null when the block was measured.</summary>
    private string? TryPlay(ulong firstShot, int shots, float[] volts, int from, float[] actuatorVolts)
    {
        if ((_isArmed ? null : Arm()) is { } notArmed)
        {
            return notArmed;
        }

        if (SendSet(actuatorVolts) is { } noSet)
        {
            return noSet;
        }

        FrameHeader.Write(_frame, FrameKind.Stimulus, _device.Firmware.Epoch, RunId, ++_sequence, _device.Firmware.BootId, Deadline);
        FrameHeader.WriteParameters(_frame, _parameterVersion, _parameterHash);
        StimulusBlock.Write(_frame, firstShot, shots);
        _drive.EncodeWords(volts, from, shots * _plan.StimulusWords, _frame, StimulusBlock.CodesAt);
        return Exchange(StimulusBlock.PayloadBytes(shots, _plan.StimulusWords), $"shots from {firstShot} on");
    }

    private string? Arm()
    {
        _device.Turn();
        if (Command(CommandCode.Arm) is { } refusal)
        {
            return refusal;
        }

        (_isArmed, _setIsKnown, _controlSequence, _sequence) = (true, false, 0, 0);
        FrameHeader.Write(_frame, FrameKind.Plan, _device.Firmware.Epoch, RunId, ++_controlSequence, _device.Firmware.BootId, Deadline);
        _plan.Write(_frame);
        return Exchange(RunPlan.PayloadBytes, "the plan");
    }

    private string? Command(CommandCode code)
    {
        FrameHeader.Write(_frame, FrameKind.Command, _device.Firmware.Epoch, RunId, ++_controlSequence, _device.Firmware.BootId, Deadline);
        return Exchange(CommandFrame.Write(_frame, code, Holder, (uint)_board.MaxLeaseMillis, string.Empty), $"command {code}");
    }

    private string? SendSet(float[] volts)
    {
        if (_setIsKnown && volts.AsSpan().SequenceEqual(_setVolts))
        {
            return null;
        }

        FrameHeader.Write(_frame, FrameKind.Parameters, _device.Firmware.Epoch, RunId, ++_controlSequence, _device.Firmware.BootId, Deadline);
        int payload = ParameterWriter.Write(_frame, volts);
        _parameterHash = ParameterFrame.Hash(_frame, payload, _crc);
        FrameHeader.WriteParameters(_frame, ++_parameterVersion, _parameterHash);
        volts.CopyTo(_setVolts, 0);
        string? refusal = Exchange(payload, $"parameters {_parameterVersion}");
        _setIsKnown = refusal is null;
        return refusal;
    }

    /// <summary>One frame in, its answer taken by <see cref="Take"/> before this returns; null when it was obeyed.</summary>
    private string? Exchange(int payloadBytes, string what)
    {
        _refusal = $"gave no answer to {what}";
        _mayRepeat = _device.MayLoseFrames;
        _device.Exchange(_frame, FrameHeader.Seal(_frame, payloadBytes, _crc));
        return _refusal;
    }

    private void Take(byte[] frame, int length)
    {
        switch (FrameHeader.Kind(frame))
        {
            case FrameKind.Measurement when FrameHeader.ParameterVersion(frame) != _parameterVersion || FrameHeader.ParameterHash(frame) != _parameterHash:
                Again($"played parameters {FrameHeader.ParameterVersion(frame)} where {_parameterVersion} were asked for");
                break;
            case FrameKind.Measurement when MeasurementBlock.Flags(frame) != 0:
                Again($"ran dry while it played a block at {_plan.SampleRateMilliHertz / 1000.0:G6} Hz");
                break;
            case FrameKind.Measurement:
                _node.DecodeWords(frame, MeasurementBlock.CodesAt, MeasurementBlock.Shots(frame) * _plan.MeasurementWords, _measured, _measuredAt);
                _refusal = null;
                break;
            case FrameKind.Reply:
                TakeReply(frame);
                break;
            case FrameKind.Fault:
                _fault = FaultReport.Read(frame).Text;
                _refusal = $"is in fault: {_fault}";
                _mayRepeat = false;
                break;
            default:
                break;
        }
    }

    private void TakeReply(byte[] reply)
    {
        RefusalReason reason = ReplyFrame.Reason(reply);
        switch (reason)
        {
            case RefusalReason.Accepted:
                _refusal = null;
                break;
            case RefusalReason.UnknownParameters or RefusalReason.WrongParameterHash:
                _setIsKnown = false;
                Again(Told(reply));
                break;
            case RefusalReason.NotArmed:
                // The lease has lapsed while nobody played.
                _isArmed = false;
                Again(Told(reply));
                break;
            case RefusalReason.Expired:
                Again(Told(reply));
                break;
            case RefusalReason.Faulted when _fault is not null:
                _refusal = $"is in fault: {_fault}";
                _mayRepeat = false;
                break;
            default:
                _refusal = Told(reply);
                _mayRepeat = false;
                break;
        }
    }

    private void Again(string refusal) => (_refusal, _mayRepeat) = (refusal, true);

    /// <summary>A refusal in words, with the actuator's name where it is about one.</summary>
    private string Told(byte[] reply)
    {
        (FrameKind kind, RefusalReason reason, uint detail) = (ReplyFrame.AnsweredKind(reply), ReplyFrame.Reason(reply), ReplyFrame.Detail(reply));
        bool isActuator = kind == FrameKind.Parameters ? reason == RefusalReason.OutOfRange
            : reason == RefusalReason.SlewExceeded && (detail & ReplyFrame.ActuatorDetailFlag) != 0;
        string where = isActuator
            ? $"actuator {ChannelBanks.NameOf(_board.OfRole(ChannelRole.Actuator), (int)(detail & ~ReplyFrame.ActuatorDetailFlag))}"
            : $"detail {detail}";
        return $"refused {kind} with {reason} ({where})";
    }
}
