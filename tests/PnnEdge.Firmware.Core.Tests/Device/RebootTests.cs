using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Device;

public class RebootTests
{
    /// <summary>Where in a batch of three blocks the power goes, in the order in which a device comes by.</summary>
    public enum At
    {
        BeforeTheWire, Idle, WhileTheEpochIsWritten, Armed, PlanSet, ParametersSet, WhileAnActuatorMoves, WhileABlockPlays, BlockPlayedAnswerLost,
        BetweenBlocks, RepeatAnswered, LeaseLapsed, WireLost, Faulted, FaultCleared, Disarmed,
    }

    public static TheoryData<At> Everywhere => [.. Enum.GetValues<At>()];

    /// <summary>All frames of the first life are held by a broker and delivered to the second.</summary>
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Rebooted_anywhere_the_device_obeys_nothing_old_and_repeats_the_batch(At at)
    {
        List<byte[]> held = [];
        Rig first = new();
        Live(first, at, held);
        TearableStorage storage = new() { Records = first.Storage.Records };
        uint granted = first.Link.Sent.Where(f => FrameHeader.Kind(f) == FrameKind.Reply).Select(FrameHeader.Epoch).DefaultIfEmpty(0u).Max();

        List<string> order = [];
        Rig second = new(storage, 0xB008, r => r.Converters.Hook = order.Add);
        Assert.Equal(["MakeSafe"], order);
        second.Step();
        Assert.Equal(LinkState.Idle, second.Loop.State);
        foreach (byte[] old in held)
        {
            Assert.Equal(RefusalReason.WrongBoot, second.Ask(old).Reason);
        }

        Assert.Equal(0, second.Converters.Blocks + second.Converters.ActuatorsSet);
        second.Accept(second.Arm());
        Assert.True(second.Loop.Epoch > granted);
        foreach (byte[] old in held)
        {
            // Even one whose boot id was forged bears an epoch that is gone.
            byte[] forged = Rig.Reseal(old, f => Bytes.PutUInt32(f, FrameHeader.BootIdAt, second.Loop.BootId));
            Assert.Equal(RefusalReason.WrongEpoch, second.Ask(forged).Reason);
        }

        // Nothing is played before plan and parameters are there again, and the hash is looked at anew.
        Assert.Equal(RefusalReason.NoPlan, second.Ask(second.Stimulus(1, Rig.Ramp())).Reason);
        second.Accept(second.Plan());
        Assert.Equal(RefusalReason.UnknownParameters, second.Ask(second.Stimulus(1, Rig.Ramp())).Reason);
        second.Accept(second.Parameters(1, 0.125f, 0.125f));
        Assert.Equal(RefusalReason.WrongParameterHash, second.Ask(second.Stimulus(1, Rig.Ramp())).Reason);
        second.Accept(second.Parameters(2, Rig.Volts));
        for (uint n = 1; n <= 3; n++)
        {
            byte[] answer = second.Measure(second.Stimulus(n, Rig.Ramp(2), 10 * n, version: 2));
            Assert.Equal(Rig.Ramp(2), Enumerable.Range(0, 8).Select(i => (int)Bytes.GetUInt16(answer, MeasurementBlock.CodesAt + (2 * i))));
        }

        Assert.Equal(3, second.Converters.Blocks);
    }

    private static void Live(Rig rig, At until, List<byte[]> held)
    {
        foreach (At at in Enum.GetValues<At>())
        {
            if (at == until && at is not (At.WhileTheEpochIsWritten or At.WhileAnActuatorMoves or At.WhileABlockPlays or At.BlockPlayedAnswerLost))
            {
                Reach(rig, at, false, held);
                return;
            }

            Reach(rig, at, at == until, held);
            if (at == until)
            {
                return;
            }
        }
    }

    /// <summary>Goes on to this point; with <paramref name="cut"/> the power goes in the middle of it.</summary>
    private static void Reach(Rig rig, At at, bool cut, List<byte[]> held)
    {
        switch (at)
        {
            case At.Idle:
                rig.Step();
                break;
            case At.WhileTheEpochIsWritten:
                rig.Storage.CutAtStep = cut ? 4 : null;
                Give(rig, rig.Arm(2000), held);
                break;
            case At.PlanSet:
                Give(rig, rig.Plan(), held);
                break;
            case At.ParametersSet:
                Give(rig, rig.Parameters(1, Rig.Volts), held);
                break;
            case At.WhileAnActuatorMoves:
                CutIn(rig, "SetActuators", cut);
                Give(rig, rig.Stimulus(1, Rig.Ramp(2), 10), held);
                break;
            case At.WhileABlockPlays:
                CutIn(rig, "Play", cut);
                Give(rig, rig.Stimulus(2, Rig.Ramp(2), 20), held);
                break;
            case At.BlockPlayedAnswerLost:
                rig.Link.Refuses = cut;
                Give(rig, rig.Stimulus(3, Rig.Ramp(2), 30), held);
                break;
            case At.RepeatAnswered:
                Give(rig, held[^1], held);
                break;
            case At.LeaseLapsed:
                rig.Step(2000);
                Assert.Equal(LinkState.Idle, rig.Loop.State);
                break;
            case At.WireLost:
                rig.Link.Connected = false;
                rig.Step();
                Assert.Equal(LinkState.Safe, rig.Loop.State);
                break;
            case At.Faulted:
                rig.Link.Connected = true;
                rig.Health.InterlockClosed = false;
                rig.Step();
                Assert.Equal(LinkState.Fault, rig.Loop.State);
                break;
            case At.FaultCleared:
                rig.Health.InterlockClosed = true;
                Give(rig, rig.Command(CommandCode.ClearFault, text: "closed it"), held);
                Assert.Equal(LinkState.Idle, rig.Loop.State);
                break;
            case At.Disarmed:
                Give(rig, rig.Arm(), held);
                Give(rig, rig.Command(CommandCode.Disarm), held);
                break;
            default:
                break;
        }
    }

    private static void CutIn(Rig rig, string call, bool cut) =>
        rig.Converters.Hook = cut ? called => rig.Link.Connected = called != call && rig.Link.Connected : null;

    private static void Give(Rig rig, byte[] frame, List<byte[]> held)
    {
        held.Add(frame);
        rig.Give(frame);
    }
}
