using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Channel;

public class NamedFaultTests
{
    [Fact]
    public void The_catalogue_s_order_is_the_enum_s() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), FaultCatalog.All.Select(fault => fault.Kind));

    [Fact]
    public void A_fault_is_read_with_and_without_magnitude_and_first_shot()
    {
        Assert.Equal(new NamedFault(FaultKind.Memory, 1, 0), NamedFault.Parse("memory"));
        Assert.Equal(new NamedFault(FaultKind.DriftGain, -0.05, 2000), NamedFault.Parse("drift.gain=-0.05@2000"));
        Assert.Equal(new NamedFault(FaultKind.DriftStep, 0.1, 7), NamedFault.Parse("drift.step@7"));
        Assert.All(FaultCatalog.All, fault => Assert.Equal(fault.Kind, NamedFault.Parse(NamedFault.Parse(fault.Name).ToString()).Kind));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_possible_ones()
    {
        string message = Assert.Throws<FormatException>(() => NamedFault.Parse("drift.gian")).Message;
        Assert.StartsWith("There is no fault \"drift.gian\"; possible are drift.gain, drift.offset,", message, StringComparison.Ordinal);
        Assert.EndsWith("rig.swap.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory=2")]
    [InlineData("memory=NaN")]
    [InlineData("memory=x")]
    [InlineData("memory@-1")]
    [InlineData("memory@1.5")]
    public void A_bad_magnitude_or_shot_is_refused(string text) => Assert.Throws<FormatException>(() => NamedFault.Parse(text));

    [Theory]
    [InlineData("rig.swap=1.5", "possible is a whole number from 1 to 1000000 (serial numbers further).")]
    [InlineData("param.stale=2.5", "possible is a whole number from 1 to 1000 (versions).")]
    [InlineData("param.bitflip=1.01", "possible is a whole number from 1 to 1000 (bits).")]
    [InlineData("dev.reboot=0.5", "possible is a whole number from 1 to 1000 (times).")]
    [InlineData("adc.stuck=1.5", "possible is a whole number from 0 to 31 (bit).")]
    public void What_is_counted_has_no_parts(string text, string possible)
    {
        string[] asked = text.Split('=');
        Assert.Equal($"Asked fault {asked[0]} for \"{asked[1]}\"; {possible}", Assert.Throws<FormatException>(() => NamedFault.Parse(text)).Message);
    }

    [Fact]
    public void A_fault_that_was_never_typed_is_held_to_its_range_too()
    {
        string message = Assert.Throws<ArgumentException>(() => new FaultSchedule("bench", [FaultKind.RigSwap], [new NamedFault(FaultKind.RigSwap, 1.5, 0)])).Message;
        Assert.StartsWith("Asked fault rig.swap for 1.5; possible is a whole number from 1 to 1000000 (serial numbers further).", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FaultSchedule("bench", [FaultKind.Memory], [new NamedFault(FaultKind.Memory, double.NaN, 0)]));
        Assert.Equal(3ul, new FaultSchedule("bench", [FaultKind.RigSwap], [new NamedFault(FaultKind.RigSwap, 3, 0)]).SerialsFurther(0));
    }

    [Fact]
    public void The_circuit_says_which_faults_it_can_inject()
    {
        string message = Assert.Throws<ArgumentException>(
            () => new CircuitBench(new CircuitBenchOptions { Faults = [NamedFault.Parse("adc.stuck")] })).Message;
        Assert.Contains("adc.stuck, which belongs to Converters", message, StringComparison.Ordinal);
        Assert.Contains("drift.gain, drift.offset, drift.step, drift.regime, memory, noise.hetero, temp.ramp, rig.swap", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_count_from_a_timeline_s_own_first_shot()
    {
        // A logical index has 24 bits of seed above 40 of running number: a ramp of seed 3 begins at 0 as that of seed 0 does.
        const ulong Seed3 = 3UL << 40;
        var faults = new FaultSchedule("bench", [FaultKind.DriftGain, FaultKind.DriftStep], [NamedFault.Parse("drift.gain=-0.05"), NamedFault.Parse("drift.step=0.2@500")]);
        foreach (ulong first in new[] { 0UL, Seed3 })
        {
            Assert.Equal(1, faults.ReadGain(first));
            Assert.Equal(0.95, faults.ReadGain(first + 10_000), 1e-12);
            Assert.Equal(0, faults.Sum(FaultKind.DriftStep, first + 499));
            Assert.Equal(0.2, faults.Sum(FaultKind.DriftStep, first + 500));
        }
    }

    [Fact]
    public void Faults_of_one_kind_stay_in_range_together()
    {
        string sentence = Assert.Throws<ArgumentException>(
            () => new FaultSchedule("bench", [FaultKind.DriftStep], [NamedFault.Parse("drift.step=0.4"), NamedFault.Parse("drift.step=0.3@7")])).Message;
        Assert.StartsWith("Asked fault drift.step 2 times, 0.7 together; possible is -0.5 to 0.5", sentence, StringComparison.Ordinal);
        _ = new FaultSchedule("bench", [FaultKind.DriftStep], [NamedFault.Parse("drift.step=0.4"), NamedFault.Parse("drift.step=-0.4@7")]);
    }
}
