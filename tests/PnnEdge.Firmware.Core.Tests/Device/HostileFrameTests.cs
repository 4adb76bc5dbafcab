using PnnEdge.Conformance;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Device;

public class HostileFrameTests
{
    private const int Frames = 100_000;
    private const long MostBytesPerFrame = 64 * 1024;

    private static readonly float[] OtherVolts = [0.25f, 0.75f];

    private readonly Rig _rig = Rig.Ready();
    private readonly HashSet<(uint Epoch, uint Sequence)> _played = [];
    private byte[] _given = [];
    private int _givenBytes;
    private uint _runId = Rig.RunId;

    /// <summary>Where the actuators stand, V; safe is 0 V.</summary>
    private readonly float[] _actuatorVolts = new float[2];

    /// <summary>The oracle knows nothing of the firmware: it looks at what reached the outputs and at the frame that was given.</summary>
    [Fact]
    public void Of_100000_hostile_frames_nothing_reaches_an_output_but_what_is_allowed()
    {
        uint sequence = 1;
        byte[] buffer = new byte[_rig.Board.MaxFrameBytes + 64];
        _rig.Converters.Playing = CheckBlock;
        _rig.Converters.Setting = CheckActuator;
        _rig.Converters.Hook = call =>
        {
            if (call == nameof(_rig.Converters.MakeSafe))
            {
                Array.Clear(_actuatorVolts);
            }
        };
        FrameFuzz fuzz = new(20260725, Seeds(ref sequence), buffer.Length);
        long most = 0;
        int refused = 0, obeyed = 0, revived = 0;
        for (int n = 0; n < Frames; n++)
        {
            if (n % 64 == 0)
            {
                revived += Revive() ? 1 : 0;
                fuzz = new FrameFuzz(20260725 + n, Seeds(ref sequence), buffer.Length);
            }

            _givenBytes = fuzz.Next(buffer);
            _given = buffer[.._givenBytes];
            uint before = Refusals();
            int sent = _rig.Link.SentCount;
            bool retained = n % 8 == 5;
            int blocks = _rig.Converters.Blocks;
            _rig.Link.Inbox.Enqueue(_given);
            _rig.Link.InboxIsRetained = retained;
            _rig.Clock.Advance(n % 7 == 0 ? 1 : 0);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            bool whole = _rig.Loop.Step(0);
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.True(whole, $"Frame {n} made the device throw.");
            Assert.NotEqual(LinkState.Fault, _rig.Loop.State);
            _rig.Link.InboxIsRetained = false;
            Assert.InRange(Refusals() - before, retained ? 1u : 0u, 1u);
            Assert.True(!retained || _rig.Converters.Blocks == blocks, $"Retained frame {n} was played.");
            if (Refusals() == before)
            {
                obeyed++;
                Assert.True(_rig.Link.SentCount > sent, $"Frame {n} was neither refused nor answered.");
                if (FrameHeader.Kind(_given) == FrameKind.Plan)
                {
                    _runId = FrameHeader.RunId(_given);
                }
            }
            else
            {
                refused++;
            }

            if (_rig.Link.Sent.Count > 1000)
            {
                _rig.Link.Sent.Clear();
                _rig.Link.Published.Clear();
            }
        }

        Assert.Equal(Frames, refused + obeyed);
        Assert.InRange(most, 0, MostBytesPerFrame);

        // The run was worth its name only if the checks behind the CRC were met, and some mutants were harmless enough to be played.
        Assert.True(obeyed > 100, $"Only {obeyed} of {Frames} frames were obeyed; the device was revived {revived} times.");
        Assert.True(_played.Count > 100, $"Only {_played.Count} blocks were played.");
        foreach (RefusalReason reason in new[]
        {
            RefusalReason.TooShort, RefusalReason.WrongMagic, RefusalReason.WrongVersion, RefusalReason.TooLong, RefusalReason.WrongLength,
            RefusalReason.WrongCrc, RefusalReason.UnknownKind, RefusalReason.WrongDirection, RefusalReason.Retained, RefusalReason.WrongBoot, RefusalReason.Expired,
            RefusalReason.DeadlineTooFar, RefusalReason.WrongEpoch, RefusalReason.StaleSequence, RefusalReason.WrongRun,
            RefusalReason.PlanUnsupported, RefusalReason.UnknownParameters, RefusalReason.WrongParameterHash, RefusalReason.NotFinite,
            RefusalReason.OutOfRange, RefusalReason.SlewExceeded, RefusalReason.UnknownCommand, RefusalReason.ReservedNotZero,
        })
        {
            Assert.True(_rig.Loop.Counters.Of(reason) > 0, $"No frame was refused for {reason}.");
        }
    }

    /// <summary>Valid frames of every kind of the moment, in all but the newest sequence what a host would send next.</summary>
    private List<byte[]> Seeds(ref uint sequence)
    {
        List<byte[]> seeds = [];
        for (int i = 0; i < 8; i++)
        {
            seeds.Add(Rig.Reseal(_rig.Stimulus(++sequence, Rig.Ramp(1 + (i % 3)), firstShot: sequence), f => Bytes.PutUInt32(f, FrameHeader.RunIdAt, _runId)));
        }

        uint next = 1_000_000 + sequence;
        seeds.Add(Rig.Reseal(_rig.Plan(), f => Bytes.PutUInt32(f, FrameHeader.SequenceAt, next)));
        uint version = 2 + (sequence % 5);
        seeds.Add(Rig.Reseal(_rig.Parameters(version, OtherVolts), f => Bytes.PutUInt32(f, FrameHeader.SequenceAt, next + 1)));

        // In range, but too far in one step: a word from rest, and the second actuator from where version 1 leaves it.
        int[] jump = [Rig.RestCode, Rig.RestCode + 410, Rig.RestCode + 205, Rig.RestCode];
        seeds.Add(Rig.Reseal(_rig.Stimulus(++sequence, jump, sequence), f => Bytes.PutUInt32(f, FrameHeader.RunIdAt, _runId)));
        seeds.Add(Rig.Reseal(_rig.Stimulus(++sequence, Rig.Ramp(), sequence, version, OtherVolts), f => Bytes.PutUInt32(f, FrameHeader.RunIdAt, _runId)));
        seeds.Add(Rig.Reseal(_rig.Command(CommandCode.Renew, 2000), f => Bytes.PutUInt32(f, FrameHeader.SequenceAt, next + 2)));
        seeds.Add(_rig.Command(CommandCode.Identify));
        seeds.Add(_rig.Command(CommandCode.ClearFault, text: "why"));
        seeds.Add(_rig.Frame(FrameKind.InferRequest, 1, f =>
        {
            InferRequest.Write(f, [1f, 2f]);
            return InferRequest.PayloadBytes(2);
        }));
        seeds.AddRange(_rig.Link.Sent.TakeLast(8));
        return seeds;
    }

    /// <summary>A mutant may have renewed, disarmed or re-planned: back to armed with the plan and version 1 loaded.</summary>
    private bool Revive()
    {
        _rig.Prepare();
        _runId = Rig.RunId;
        Assert.Equal(LinkState.Armed, _rig.Loop.State);
        return true;
    }

    private uint Refusals() => _rig.Loop.Counters.ByReason.Aggregate(0u, (sum, count) => sum + count);

    private void CheckBlock(ulong firstShot, int shots, RunPlan plan, byte[] frame)
    {
        Assert.Same(_given, frame);
        Assert.Equal(_rig.Loop.Epoch, FrameHeader.Epoch(frame));
        Assert.Equal(_rig.Loop.BootId, FrameHeader.BootId(frame));
        Assert.Equal(_runId, FrameHeader.RunId(frame));
        Assert.InRange((int)(FrameHeader.DeviceMillis(frame) - (uint)_rig.Clock.Millis()), 0, 60_000);
        Assert.True(_played.Add((FrameHeader.Epoch(frame), FrameHeader.Sequence(frame))), "A frame was played twice.");
        Assert.Equal(_givenBytes, StimulusBlock.CodesAt + (2 * shots * plan.StimulusWords));
        Assert.Equal(firstShot, StimulusBlock.FirstShot(frame));
        Assert.InRange(shots, 1, plan.ShotsPerBlock);
        int before = Rig.RestCode;
        for (int i = 0; i < shots * plan.StimulusWords; i++)
        {
            // ±3 V of ±10 V in 4096 codes, from the range itself: 2048 ± 614.4. A step of 2 V is 409.6 codes.
            int code = Bytes.GetUInt16(frame, StimulusBlock.CodesAt + (2 * i));
            Assert.InRange(code, 1434, 2662);
            Assert.InRange(code - before, -409, 409);
            bool restsAfter = (i + 1) % plan.StimulusWords == 0 && plan.RestSamples > 0;
            Assert.True(!restsAfter || Math.Abs(code - Rig.RestCode) <= 409, $"From code {code} to rest is more than 2 V.");
            before = restsAfter ? Rig.RestCode : code;
        }

        // The output returns to rest after the block, rest samples or none.
        Assert.InRange(before - Rig.RestCode, -409, 409);
    }

    private void CheckActuator(int index, float volts)
    {
        Assert.InRange(index, 0, 1);
        Assert.True(volts is >= -1f and <= 1f, $"Actuator {index} was set to {volts} V.");
        Assert.True(Math.Abs(volts - _actuatorVolts[index]) <= 1f, $"Actuator {index} went from {_actuatorVolts[index]} V to {volts} V in one step.");
        _actuatorVolts[index] = volts;
    }
}
