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

    private readonly Rig _rig = Rig.Ready();
    private readonly HashSet<(uint Epoch, uint Sequence)> _played = [];
    private byte[] _given = [];
    private int _givenBytes;
    private uint _runId = Rig.RunId;

    /// <summary>The oracle knows nothing of the firmware: it looks at what reached the outputs and at the frame that was given.</summary>
    [Fact]
    public void Of_100000_hostile_frames_nothing_reaches_an_output_but_what_is_allowed()
    {
        uint sequence = 1;
        byte[] buffer = new byte[_rig.Board.MaxFrameBytes + 64];
        _rig.Converters.Playing = CheckBlock;
        _rig.Converters.Setting = CheckActuator;
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
            _rig.Link.Inbox.Enqueue(_given);
            _rig.Clock.Advance(n % 7 == 0 ? 1 : 0);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            bool whole = _rig.Loop.Step(0);
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.True(whole, $"Frame {n} made the device throw.");
            Assert.NotEqual(LinkState.Fault, _rig.Loop.State);
            Assert.InRange(Refusals() - before, 0u, 1u);
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
            RefusalReason.WrongCrc, RefusalReason.UnknownKind, RefusalReason.WrongDirection, RefusalReason.WrongBoot, RefusalReason.Expired,
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
        seeds.Add(Rig.Reseal(_rig.Parameters(2 + (sequence % 5), 0.25f, 0.75f), f => Bytes.PutUInt32(f, FrameHeader.SequenceAt, next + 1)));
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
        for (int i = 0; i < shots * plan.StimulusWords; i++)
        {
            // ±3 V of ±10 V in 4096 codes, from the range itself: 2048 ± 614.4.
            Assert.InRange(Bytes.GetUInt16(frame, StimulusBlock.CodesAt + (2 * i)), 1434, 2662);
        }
    }

    private void CheckActuator(int index, float volts)
    {
        Assert.InRange(index, 0, 1);
        Assert.True(volts is >= -1f and <= 1f, $"Actuator {index} was set to {volts} V.");
    }
}
