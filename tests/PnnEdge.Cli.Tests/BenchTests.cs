using System.CommandLine;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Physics.Channel;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Tests;

/// <summary>What every entry of the registry promises.</summary>
public class BenchTests
{
    private const int Shots = 3;

    public static TheoryData<string> Systems => [.. Benches.Names];

    private static BenchRequest Request(string system, bool ideal = false, params string[] faults) => new(system, 3, 5, ideal, faults);

    private static ShotShape ShapeOf(string system) => system switch
    {
        "shg" or "shg-full" => ShotShape.LoadThenRead(100, 50),
        "oscillators" or "oscillators-gap" => ShotShape.LoadThenRead(206, 206),
        _ => ShotShape.Throughout(64),
    };

    /// <summary>[shot, sample], V, of three shots at a quarter and three quarters of the drive's range; actuators at a quarter of theirs.</summary>
    private static async Task<float[]> PlayAsync(BenchParts parts, string system, ulong firstShot = 0)
    {
        await using IPhysicalSystem bench = BenchOpener.InProcess(parts, ShapeOf(system), TimeProvider.System);
        VoltRange range = bench.Description.StimulusRange;
        float[] volts = [.. Enumerable.Range(0, Shots * bench.Description.StimulusSamples).Select(i => range.MinVolts + ((range.MaxVolts - range.MinVolts) * (i % 5 < 2 ? 0.25f : 0.75f)))];
        float[] actuators = [.. bench.Description.Actuators.SelectMany(port => Enumerable.Repeat(port.Range.MaxVolts / 400, port.Count))];
        return (await bench.RunAsync(new Stimulus(firstShot, Shots, volts, actuators), CancellationToken.None)).Volts;
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_unit_plays_behind_its_board_and_its_truth_is_the_same_unit_without_noise(string system)
    {
        float[] noisy = await PlayAsync(Benches.Build(Request(system)), system), again = await PlayAsync(Benches.Build(Request(system)), system);
        float[] truth = await PlayAsync(Benches.BuildTruth(Request(system, false, "adc.clip=0.01")), system), later = await PlayAsync(Benches.BuildTruth(Request(system)), system, 10_000);
        Assert.Equal(noisy, again);
        double lagsApart = Benches.Of(system).Board(1).LagSamples > 0 ? 5e-3 : 0; // V: the same answer taken out between other samples
        Assert.Equal(truth, later, (a, b) => Math.Abs(a - b) <= lagsApart); // no drift, and none of the faults
        Assert.True(noisy.Distinct().Count() > 1, "the bench measures one constant");
        double error = Math.Sqrt(noisy.Zip(truth).Average(pair => Math.Pow(pair.First - pair.Second, 2)));
        double signal = Math.Sqrt(truth.Average(volts => (double)volts * volts));

        // Noise and drift of every unit are a few per cent; another unit would differ by far more on a nonlinear bench.
        Assert.InRange(error / signal, 0, system == Benches.Echo ? 0 : 0.1);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void The_board_the_physics_and_the_equations_have_the_same_actuators(string system)
    {
        BenchSystem entry = Benches.Of(system);
        int actuators = entry.Board(1).Count(ChannelRole.Actuator);
        Assert.Equal(actuators, entry.Unit(Request(system, ideal: true), []).ActuatorCount);
        Assert.Equal(actuators, entry.Truth(Request(system)).ActuatorCount);
        Assert.Equal(entry.Model is null ? actuators : entry.Model().ActuatorCount, actuators);
        Assert.Equal(entry.IsLoopback, entry.Model is null);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Every_fault_that_a_system_names_can_be_built_and_every_other_is_refused(string system)
    {
        foreach (FaultDescription fault in FaultCatalog.All)
        {
            bool possible = Benches.Of(system).Faults.Contains(fault.Kind)
                || (InjectedFaults.IsTaken(fault.Kind) && (fault.Kind != FaultKind.DacStuck || Benches.Of(system).Board(1).Count(ChannelRole.Actuator) > 0));
            BenchRequest request = Request(system, false, $"{fault.Name}@7");
            if (possible)
            {
                Benches.Check(request);
            }
            else
            {
                Assert.StartsWith($"Asked for fault {fault.Name}; system {system} can inject ", Assert.Throws<UserException>(() => Benches.Check(request)).Message, StringComparison.Ordinal);
            }
        }

        Benches.Check(Request(system, false, "twin.bias=0.3"), FaultScope.BenchAndTwin);
        Assert.Contains("a twin knows no shots", Assert.Throws<UserException>(() => Benches.Check(Request(system, false, "twin.bias=0.3@7"), FaultScope.BenchAndTwin)).Message, StringComparison.Ordinal);

        BenchParts parts = Benches.Build(Request(system, false, "adc.clip=0.25", "dac.gain", "dev.reboot=2@9"));
        Assert.Equal([FaultKind.AdcClip, FaultKind.DacGain], parts.Faults.OfConverters.Select(fault => fault.Kind));
        Assert.Equal([new NamedFault(FaultKind.DeviceReboot, 2, 9)], parts.Faults.OfDevice);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Faults_of_converters_change_every_system_and_faults_of_the_device_none(string system)
    {
        float[] sound = await PlayAsync(Benches.Build(Request(system)), system);
        Assert.NotEqual(sound, await PlayAsync(Benches.Build(Request(system, false, "adc.inl=20")), system));
        Assert.NotEqual(sound, await PlayAsync(Benches.Build(Request(system, false, "dac.gain=-0.2")), system));
        Assert.Equal(sound, await PlayAsync(Benches.Build(Request(system, false, "dev.reboot=2", "param.bitflip=3")), system));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Noise_and_drift_are_switched_off_one_by_one_and_both_leave_the_unit_s_truth(string system)
    {
        ulong later = Benches.Of(system).IsLoopback ? 1_500_000 : 3_000_000UL; // drift has come a way, on a plug over an edge between codes
        BenchRequest request = Request(system);
        float[] all = await PlayAsync(Benches.Build(request), system, later), truth = await PlayAsync(Benches.BuildTruth(request), system, later);
        float[] still = await PlayAsync(Benches.Build(request with { NoNoise = true }), system, later), steady = await PlayAsync(Benches.Build(request with { NoDrift = true }), system, later);
        Assert.Equal(truth, await PlayAsync(Benches.Build(request with { NoNoise = true, NoDrift = true }), system, later));
        if (system == Benches.Echo) { return; } // a wire has neither
        Assert.NotEqual(all, still);
        Assert.NotEqual(truth, still);
        Assert.NotEqual(all, steady);
        Assert.NotEqual(truth, steady);
    }

    [Fact]
    public void A_bench_without_experiments_of_its_own_stands_in_those_of_its_kind()
    {
        var options = new TaskOptions();
        var command = new Command("train");
        options.AddTo(command);
        ExperimentSettings Of(string system) => options.Read(command.Parse(["vowels"]), CliHost.OfThisProcess(), system);
        Assert.Equal("shg", Of("shg").System);
        Assert.Equivalent(Of("shg") with { System = "shg-full" }, Of("shg-full"), strict: true);
    }

    [Fact]
    public void Faults_count_shots_as_seeds_do()
    {
        Assert.Equal(7ul, NamedFault.RunningNumber(ShotIndex.First(3) + 7));
        Assert.Equal(NamedFault.MaxFirstShot, ShotIndex.First(1) - 1);
    }
}
