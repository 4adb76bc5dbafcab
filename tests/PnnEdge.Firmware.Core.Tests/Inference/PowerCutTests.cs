using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Inference;

/// <summary>Storage that loses its power before, within and after every byte that deploying a program writes.</summary>
public class PowerCutTests
{
    private const uint Old = 1, New = 2;

    [Fact]
    public void Wherever_the_power_goes_the_old_or_the_new_program_runs_and_never_neither()
    {
        HashSet<uint> ran = [];
        int steps = StepsOf(DeviceWith(Old), New);
        Assert.True(steps > SmallProgram.Of(New).Length, $"{steps} steps are no byte by byte.");
        for (int cut = 0; cut < steps; cut++)
        {
            TearableStorage storage = DeviceWith(Old);
            DeployAndLosePower(storage, New, cut);
            ran.Add(VersionThatRuns(storage, $"after a cut at step {cut}"));
        }

        Assert.Equal([Old, New], ran.Order());
    }

    [Fact]
    public void A_second_cut_in_the_next_attempt_does_no_more_harm()
    {
        for (int first = 0; first < StepsOf(DeviceWith(Old), New); first += 17)
        {
            TearableStorage storage = DeviceWith(Old);
            DeployAndLosePower(storage, New, first);
            uint before = VersionThatRuns(storage, $"after a cut at step {first}");
            int steps = StepsOf(Copy(storage), 3);
            for (int second = 0; second < steps; second += 13)
            {
                TearableStorage again = Copy(storage);
                DeployAndLosePower(again, 3, second);
                Assert.Contains(VersionThatRuns(again, $"after cuts at steps {first} and {second}"), new[] { before, 3u });
            }
        }
    }

    [Fact]
    public void After_any_cut_the_next_program_can_be_deployed_and_outlives_a_restart()
    {
        for (int cut = 0; cut < StepsOf(DeviceWith(Old), New); cut += 7)
        {
            TearableStorage storage = DeviceWith(Old);
            DeployAndLosePower(storage, New, cut);
            Deploy(Boot(storage), 3);
            Assert.Equal(3u, VersionThatRuns(storage, $"after a cut at step {cut}"));
        }
    }

    [Fact]
    public void The_first_program_of_all_is_whole_or_not_there()
    {
        HashSet<RefusalReason> reasons = [];
        for (int cut = 0; cut < StepsOf(SmallProgram.WithKey(), New); cut++)
        {
            TearableStorage storage = SmallProgram.WithKey();
            DeployAndLosePower(storage, New, cut);
            byte[] sent = Assert.Single(Boot(storage).Give(Boot(storage).Infer(1, SmallProgram.Features)));
            reasons.Add(FrameHeader.Kind(sent) == FrameKind.InferResult ? RefusalReason.Accepted : Rig.Read(sent).Reason);
        }

        Assert.Equal([RefusalReason.Accepted, RefusalReason.NoProgram], reasons.Order());
    }

    [Fact]
    public void Storage_that_says_yes_and_keeps_nothing_is_found_out()
    {
        TearableStorage storage = DeviceWith(Old);
        Rig rig = Boot(storage);
        rig.Accept(rig.Arm());
        storage.WritesLie = true;
        Answer answer = rig.Ask(rig.Program(SmallProgram.Of(New)));
        Assert.Equal((RefusalReason.ProgramRefused, (uint)ProgramFlaw.Storage), (answer.Reason, answer.Detail));
        storage.WritesLie = false;
        Assert.Equal(Old, VersionThatRuns(storage, "after a lie"));
    }

    [Fact]
    public void Storage_that_cannot_be_read_at_start_costs_the_program_and_nothing_else()
    {
        TearableStorage storage = DeviceWith(Old);
        int reads = 0;
        storage.Hook = name =>
        {
            // The epochs are read first: two records.
            if (name == nameof(storage.Read) && ++reads > 2) { throw new IOException("bad block"); }
        };
        Rig rig = Boot(storage);
        storage.Hook = null;
        Assert.Equal(RefusalReason.NoProgram, rig.Ask(rig.Infer(1, SmallProgram.Features)).Reason);
        rig.Prepare();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
    }

    private static TearableStorage DeviceWith(uint version)
    {
        TearableStorage storage = SmallProgram.WithKey();
        Deploy(Boot(storage), version);
        return storage;
    }

    private static TearableStorage Copy(TearableStorage storage) => new() { Records = new(storage.Records) };

    private static Rig Boot(TearableStorage storage)
    {
        Rig rig = new(storage);
        rig.Step();
        return rig;
    }

    private static void Deploy(Rig rig, uint version)
    {
        rig.Accept(rig.Arm());
        rig.Accept(rig.Program(SmallProgram.Of(version)));
    }

    private static int StepsOf(TearableStorage storage, uint version)
    {
        Rig rig = Boot(storage);
        rig.Accept(rig.Arm());
        int before = storage.Steps;
        rig.Accept(rig.Program(SmallProgram.Of(version)));
        return storage.Steps - before;
    }

    private static void DeployAndLosePower(TearableStorage storage, uint version, int step)
    {
        Rig rig = Boot(storage);
        rig.Accept(rig.Arm());
        storage.CutAtStep = storage.Steps + step;
        rig.Give(rig.Program(SmallProgram.Of(version)));
        storage.CutAtStep = null;
    }

    private static uint VersionThatRuns(TearableStorage storage, string when)
    {
        Rig rig = Boot(storage);
        byte[] sent = Assert.Single(rig.Give(rig.Infer(1, SmallProgram.Features)));
        Assert.True(FrameHeader.Kind(sent) == FrameKind.InferResult, $"Neither program runs {when}.");
        return InferResult.ProgramVersion(sent);
    }
}
