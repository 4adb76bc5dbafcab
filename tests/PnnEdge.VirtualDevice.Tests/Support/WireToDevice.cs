using System.Collections.Concurrent;
using PnnEdge.Firmware.Core;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.VirtualDevice.Tests.Support;

/// <summary>A host's end of a device that runs in its own threads: two queues, and the few frames a batch needs.</summary>
public sealed class WireToDevice : IMessageLink
{
    private const uint Holder = 5;
    private const uint RunId = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<byte[]> _toDevice = [];
    private readonly BlockingCollection<byte[]> _fromDevice = [];
    private readonly HostCrc32 _crc = new();
    private uint _epoch;
    private uint _bootId;
    private uint _deviceMillis;
    private uint _control;
    private uint _version;
    private uint _hash;
    private volatile bool _connected = true;

    public bool Connected
    {
        get => _connected;
        set => _connected = value;
    }

    public bool IsConnected() => _connected;

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (!_toDevice.TryTake(out byte[]? next, waitMillis))
        {
            return false;
        }

        (frame.Buffer, frame.Length, frame.Retained) = (next, next.Length, false);
        return true;
    }

    public uint DroppedFrames() => 0;

    public bool Send(byte[] buffer, int offset, int count)
    {
        if (_connected)
        {
            _fromDevice.Add(buffer[offset..(offset + count)]);
        }

        return _connected;
    }

    public bool Publish(string leaf, string text) => _connected;

    /// <summary>The next frame of this kind; others are passed over.</summary>
    public byte[] Expect(FrameKind kind)
    {
        while (true)
        {
            Assert.True(_fromDevice.TryTake(out byte[]? frame, Patience), $"No {kind} came.");
            _deviceMillis = FrameHeader.DeviceMillis(frame);
            _bootId = FrameHeader.BootId(frame);
            _epoch = FrameHeader.Epoch(frame);
            if (FrameHeader.Kind(frame) == kind)
            {
                return frame;
            }
        }
    }

    public void Arm(uint leaseMillis)
    {
        _control = 0;
        Send(FrameKind.Command, 0, f => CommandFrame.Write(f, CommandCode.Arm, Holder, leaseMillis, string.Empty));
        Accepted();
    }

    public void Prepare(RunPlan plan, params float[] actuatorVolts)
    {
        Send(FrameKind.Plan, ++_control, f =>
        {
            plan.Write(f);
            return RunPlan.PayloadBytes;
        });
        Accepted();
        byte[] payload = new byte[1024];
        ParameterWriter.Write(payload, actuatorVolts);
        _version++;
        _hash = ParameterFrame.Hash(payload, ParameterFrame.PayloadBytes(actuatorVolts.Length), _crc);
        Send(FrameKind.Parameters, ++_control, f => ParameterWriter.Write(f, actuatorVolts));
        Accepted();
    }

    public void Stimulus(uint sequence, ulong firstShot, int shots, float[] volts, Board board) => Send(FrameKind.Stimulus, sequence, f =>
    {
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0];
        StimulusBlock.Write(f, firstShot, shots);
        new PnnEdge.Wire.VoltScale(drive.MinVolts, drive.MaxVolts, drive.Bits).EncodeWords(volts, 0, volts.Length, f, StimulusBlock.CodesAt);
        return StimulusBlock.FixedBytes + (2 * volts.Length);
    });

    private void Accepted()
    {
        byte[] reply = Expect(FrameKind.Reply);
        Assert.Equal(RefusalReason.Accepted, ReplyFrame.Reason(reply));
    }

    private void Send(FrameKind kind, uint sequence, Func<byte[], int> payload)
    {
        byte[] frame = new byte[65_536];
        FrameHeader.Write(frame, kind, _epoch, RunId, sequence, _bootId, _deviceMillis + 50_000);
        FrameHeader.WriteParameters(frame, _version, _hash);
        _toDevice.Add(frame[..FrameHeader.Seal(frame, payload(frame), _crc)]);
    }
}
