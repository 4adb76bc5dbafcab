using System.Reflection;
using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Inference;

public class SteadyInferenceTests
{
    private const int Answers = 1000;

    [Fact]
    public void A_thousand_requests_allocate_not_one_byte()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 0);
        byte[][] requests = [.. Enumerable.Range(1, Answers + 10).Select(n => rig.Infer((uint)n, SmallProgram.Features))];
        rig.Link.Inbox.EnsureCapacity(4);
        long allocated = 0;
        for (int n = 0; n < requests.Length; n++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Link.Inbox.Enqueue(requests[n]);
            rig.Loop.Step(0);
            allocated += n < 10 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Equal(2 * (Answers + 10), rig.Converters.Blocks);
        Assert.Equal((FrameKind.InferResult, (uint)(Answers + 10)), (FrameHeader.Kind(rig.Link.Newest.ToArray()), FrameHeader.Sequence(rig.Link.Newest.ToArray())));
    }

    [Fact]
    public void A_thousand_looks_at_the_local_input_allocate_not_one_byte_connected_or_not()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 1);
        rig.Input.Sees = SmallProgram.Features;
        rig.Board.HeartbeatMillis = int.MaxValue; // its texts are another matter
        rig.Step(2000);
        long allocated = 0;
        for (int n = 0; n < 10 + Answers; n++)
        {
            if (n == Answers / 2)
            {
                rig.Link.Connected = false;
                rig.Step(100); // a line of the log for it, too
            }

            rig.Clock.Advance(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Loop.Step(0);
            allocated += n < 10 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.InRange(rig.Converters.Blocks, 2 * (Answers + 10), (2 * (Answers + 10)) + 4);
    }

    [Fact]
    public void A_bench_that_was_not_fed_in_time_gives_no_answer_and_may_be_asked_again()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 0);
        rig.Link.Remembers = true;
        rig.Converters.PlayReturns = MeasurementBlock.UnderrunFlag;
        Answer answer = rig.Ask(rig.Infer(1, SmallProgram.Features));
        Assert.Equal((RefusalReason.WrongState, InferRequest.RanDryDetail), (answer.Reason, answer.Detail));
        rig.Converters.PlayReturns = 0;
        Assert.Equal(FrameKind.InferResult, FrameHeader.Kind(Assert.Single(rig.Give(rig.Infer(1, SmallProgram.Features)))));
    }

    [Fact]
    public void What_a_person_reads_names_the_program_and_its_newest_answer()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 0);
        rig.Give(rig.Infer(1, SmallProgram.Features));
        rig.Step(rig.Board.HeartbeatMillis);
        string text = rig.Link.Published.Last(published => published.Leaf == "inference").Text;
        System.Text.Json.JsonElement json = System.Text.Json.JsonDocument.Parse(text).RootElement;
        Assert.Equal("7 0 1 request", string.Join(' ', new[] { "program", "timerMillis", "answers", "source" }.Select(name => json.GetProperty(name))));
        Assert.InRange(json.GetProperty("confidencePerMille").GetInt32(), 334, 1000);
    }

    [Fact]
    public void A_program_that_was_replaced_is_let_go_at_once()
    {
        Rig rig = SmallProgram.Deployed(timerMillis: 0);
        rig.Step(rig.Board.HeartbeatMillis); // told to people, too
        WeakReference first = Active(rig);
        Assert.True(first.IsAlive);
        rig.Link.Remembers = true;
        rig.Accept(rig.Arm());
        rig.Accept(rig.Program(SmallProgram.Of(8)));
        rig.Accept(rig.Command(CommandCode.Disarm));
        GC.Collect();
        Assert.False(first.IsAlive, "There is memory for one program, and the old one is still held.");
        Assert.Equal(8u, InferResult.ProgramVersion(Assert.Single(rig.Give(rig.Infer(1, SmallProgram.Features)))));
    }

    /// <summary>In a method of its own: nothing of this frame keeps the program.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Active(Rig rig) => new(
        ((InferencePlane)typeof(DeviceLoop).GetField("_inference", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(rig.Loop)!).Program);
}
