using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

public class OutputMovesTests
{
    private static Task<OutputMoves?> MeasureAsync(ManyChannels bench) => OutputMoves.MeasureAsync(bench, areSlots: true, unused: [], new ShotCounter(0), (_, _) => { }, CancellationToken.None);

    private static Task<IReadOnlyList<DoctorCheck>> LookAsync(ManyChannels bench) =>
        new BenchDoctor(bench, bench.Shape, ChannelPath.ThroughBench, new ChannelSettings(), new DoctorLimits()).LookAsync(new ShotCounter(0), CancellationToken.None);

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.2)] // more than any single output moves an input by
    public async Task Dead_outputs_are_named_and_no_other_one_whatever_the_noise(double noiseVolts)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            OutputMoves moves = (await MeasureAsync(new ManyChannels(12, 6, 4, noiseVolts, seed) { DeadSlots = [3], DeadStatics = [1] }))!;
            Assert.Equal(["output 3", "knob 1"], moves.Dead);
            Assert.Equal((16, 16), (moves.Outputs, moves.Tried));
        }
    }

    [Fact]
    public async Task A_sound_bench_has_no_dead_output_in_40_seeds_and_its_clear_outputs_need_few_shots()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var bench = new ManyChannels(12, 6, 4, 0.005, seed);
            OutputMoves moves = (await MeasureAsync(bench))!;
            Assert.Empty(moves.Dead);
            Assert.All(moves.InputMoves, Assert.True);
            Assert.InRange(bench.Shots, 1, 16 * 2 * 2 * (4 + 8)); // outputs, bases, ends, the first two rounds
        }
    }

    [Fact]
    public async Task Of_a_long_bank_as_many_as_there_is_time_for_are_tried_evenly_spread()
    {
        OutputMoves moves = (await MeasureAsync(new ManyChannels(4, 2, 300, 0, 1) { DeadStatics = [0, 1, 150] }))!;
        Assert.Equal((304, 4 + OutputMoves.MostOfBank), (moves.Outputs, moves.Tried));
        Assert.Equal(["knob 0", "knob 150"], moves.Dead); // of 300 every 2.34th: 0, 2, 4, …, 150
        Assert.Equal("No input notices when knob 0, knob 150 are moved from one end to the other (132 of 304, evenly spread, tried, counted from 0); look for a stuck channel of the converter or the modulator, a broken wire or a wrong pin.", StuckDoctor.Outputs(moves).Advice);
    }

    [Fact]
    public async Task A_bench_with_one_drive_alone_has_no_output_to_move_beside_it() =>
        Assert.Null(await OutputMoves.MeasureAsync(LineSystem.Of(v => v), areSlots: false, unused: [], new ShotCounter(0), (_, _) => { }, CancellationToken.None));

    [Fact]
    public async Task An_output_that_ends_at_a_free_terminal_is_left_alone_once_that_is_said()
    {
        OutputMoves? moves = await OutputMoves.MeasureAsync(new ManyChannels(12, 6, 4, 0, 1), areSlots: true, unused: ["knob"], new ShotCounter(0), (_, _) => { }, CancellationToken.None);
        Assert.Equal(12, moves!.Tried);
    }

    [Fact]
    public async Task A_bench_that_allows_smaller_steps_is_looked_at_all_the_same_and_says_what_it_refused()
    {
        var bench = new SmallSteps(new ManyChannels(12, 6, 4, 0.005, 3));
        IReadOnlyList<DoctorCheck> checks = await new BenchDoctor(bench, ShotShape.LoadThenRead(12, 6), ChannelPath.ThroughBench, new ChannelSettings(), new DoctorLimits())
            .LookAsync(new ShotCounter(0), CancellationToken.None);
        Assert.Equal(DoctorVerdict.Sound, checks.Single(one => one.Check == "follows").Verdict);
        Assert.Equal("It would not be driven over its whole range: Steps of 0.5 V are possible.", checks.Single(one => one.Check == "drive").Advice);
        Assert.Equal("They would not be moved from end to end: Steps of 0.5 V are possible.", checks.Single(one => one.Check == "outputs").Advice);
        Assert.All(checks.Where(one => one.Check is "drive" or "outputs"), one => Assert.Equal(DoctorVerdict.NotChecked, one.Verdict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public async Task An_input_that_hears_nothing_is_named_by_the_doctor_and_nothing_else_is_wrong(double noiseVolts)
    {
        IReadOnlyList<DoctorCheck> checks = await LookAsync(new ManyChannels(12, 6, 0, noiseVolts, 1) { DeadInputs = [2] });
        DoctorCheck wrong = Assert.Single(checks, one => one.Verdict == DoctorVerdict.Wrong && one.Check != "noise");
        Assert.Equal(("inputs", 1.0), (wrong.Check, wrong.Measured));
        Assert.StartsWith("Input 2 of 6 (counted from 0) does not follow anything that is played; ", wrong.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sound_bench_of_channels_beside_each_other_passes_and_says_what_was_looked_at()
    {
        IReadOnlyList<DoctorCheck> checks = await LookAsync(new ManyChannels(12, 6, 4, 0.005, 3));
        Assert.DoesNotContain(checks, one => one.Verdict == DoctorVerdict.Wrong);
        Assert.Equal("Each moved alone, 16 are read.", checks.Single(one => one.Check == "outputs").Advice);
        Assert.Equal("All 6 follow what is played.", checks.Single(one => one.Check == "inputs").Advice);
        Assert.All(checks.Where(one => one.Verdict == DoctorVerdict.NotChecked), one => Assert.EndsWith(".", one.Advice, StringComparison.Ordinal));
    }

    /// <summary>A system whose board refuses more than half a volt from one sample to the next.</summary>
    private sealed class SmallSteps(IPhysicalSystem system) : IPhysicalSystem
    {
        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation) => stimulus.Volts.Zip(stimulus.Volts.Skip(1)).Any(pair => Math.Abs(pair.First - pair.Second) > 0.5)
            ? throw new PhysicalSystemException("Steps of 0.5 V are possible.")
            : system.RunAsync(stimulus, cancellation);

        public ValueTask DisposeAsync() => system.DisposeAsync();
    }
}
