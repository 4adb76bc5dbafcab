using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Device;

public class SteadyStateTests
{
    private const int Frames = 10_000;

    [Fact]
    public void Ten_thousand_stimulus_frames_allocate_not_one_byte()
    {
        Rig rig = Rig.Ready();
        rig.Step(2000 - 1500); // past the first heartbeat; the clock then stands
        byte[][] stimuli = [.. Enumerable.Range(1, Frames + 10).Select(n => rig.Stimulus((uint)n, Rig.Ramp(4), (ulong)n))];
        rig.Link.Remembers = false;
        rig.Link.Inbox.EnsureCapacity(stimuli.Length);
        Play(rig, stimuli, 0, 10);
        long[] allocated = new long[10];
        for (int part = 0; part < allocated.Length; part++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Play(rig, stimuli, 10 + (part * Frames / 10), Frames / 10);
            allocated[part] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.All(allocated, bytes => Assert.Equal(0, bytes));
        Assert.Equal(Frames + 10, rig.Converters.Blocks);
        Assert.Equal((uint)(Frames + 10), FrameHeader.Sequence(rig.Link.Newest.ToArray()));
    }

    [Fact]
    public void A_repeated_frame_and_a_refused_one_allocate_nothing_either()
    {
        Rig rig = Rig.Ready();
        byte[] stimulus = rig.Stimulus(1, Rig.Ramp());
        byte[] stale = rig.Stimulus(0, Rig.Ramp());
        rig.Link.Remembers = false;
        rig.Link.Inbox.EnsureCapacity(16);
        byte[][] frames = [stimulus, stimulus, stale, stimulus, stale, stimulus, stale];
        Play(rig, frames, 0, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(rig, frames, 3, 4);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, rig.Converters.Blocks);
        Assert.Equal(3u, rig.Loop.Counters.RepeatsAnswered);
    }

    [Fact]
    public void A_set_of_a_thousand_actuators_with_every_block_allocates_nothing_either()
    {
        const int Actuators = 1000, Sets = 50;
        Rig rig = new(beforeBoot: r =>
        {
            (r.Board.MaxFrameBytes, r.Board.FrameMemoryBytes) = (8192, 4 * 8192);
            ChannelRecord bank = new("bank", ChannelRole.Actuator, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -1f, 1f, 2f, 0f, 0, Actuators);
            r.Board.Channels = [r.Board.Channels[0], r.Board.Channels[1], bank];
        });
        rig.Step();
        rig.Accept(rig.Arm());
        rig.Accept(rig.Plan(plan => plan.Actuators = Actuators));
        rig.Step(2000 - 1500);
        byte[][] frames = [.. Enumerable.Range(1, Sets).SelectMany(n =>
        {
            float[] volts = [.. Enumerable.Range(0, Actuators).Select(i => ((i * n) % 200 / 100f) - 1f)];
            return new[] { rig.Parameters((uint)n, volts), rig.Stimulus((uint)n, Rig.Ramp(), (ulong)n, (uint)n, volts) };
        })];
        rig.Link.Remembers = false;
        rig.Link.Inbox.EnsureCapacity(frames.Length);
        Play(rig, frames, 0, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(rig, frames, 10, frames.Length - 10);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Sets * Actuators, rig.Converters.ActuatorsSet);
        Assert.Equal(Sets, rig.Converters.Blocks);
    }

    private static void Play(Rig rig, byte[][] frames, int from, int count)
    {
        for (int n = from; n < from + count; n++)
        {
            rig.Link.Inbox.Enqueue(frames[n]);
            rig.Loop.Step(0);
        }
    }
}
