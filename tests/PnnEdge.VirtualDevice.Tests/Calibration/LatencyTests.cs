using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Plate;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.VirtualDevice.Tests.Calibration;

/// <summary>The latency through benches whose answers last longer than the lags that are looked at.</summary>
public class LatencyTests
{
    private const int Days = 12;
    private const int LeastDays = 8; // fewer, where 95 % hold it, in 2 of 10,000 cases (binomial); seeds are fixed

    [Theory]
    [InlineData("circuit")]
    [InlineData("ladder")]
    [InlineData("plate")]
    public async Task One_unit_has_one_latency_on_days_of_other_noise(string what)
    {
        double truth = (await MeasureAsync(what, seed: 0, shots: 256)).Value; // of eight times as many samples: a third of the interval
        int hits = 0;
        for (ulong seed = 1; seed <= Days; seed++) { hits += (await MeasureAsync(what, seed)).Holds(truth) ? 1 : 0; }
        Assert.True(hits >= LeastDays, $"{what}: {truth} lies inside the interval on {hits} of {Days} days.");
    }

    [Theory]
    [InlineData("circuit")]
    [InlineData("ladder")]
    [InlineData("plate")]
    public async Task A_bench_that_is_late_by_some_samples_reads_as_many_more(string what)
    {
        Uncertain soon = await MeasureAsync(what, seed: 1), late = await MeasureAsync(what, seed: 2, late: 5);
        Assert.Equal(5, late.Value - soon.Value, Math.Sqrt((soon.Expanded95 * soon.Expanded95) + (late.Expanded95 * late.Expanded95)));
    }

    [Theory]
    [InlineData("circuit")]
    [InlineData("ladder")]
    [InlineData("plate")]
    public async Task The_doctor_tells_the_latency_through_a_bench(string what)
    {
        (IPhysicalSystem opened, ShotShape shape) = Open(what, seed: 3, late: 0);
        await using IPhysicalSystem system = opened;
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(system, shape, ChannelPath.ThroughBench, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        DoctorCheck check = ChannelDoctor.Judge(outcome, ChannelPath.ThroughBench, 1, system.Description, new DoctorLimits()).Single(one => one.Check == DoctorLimits.Latency);
        Assert.Equal((DoctorVerdict.Sound, outcome.Required.Lags!.EdgeSamples!.Value.Value), (check.Verdict, check.Measured));
        Assert.True(double.IsNaN(outcome.Required.Lags.DelaySamples.Value), "Its answer has faded within the lags, so this says nothing of long ones.");
    }

    private static async Task<Uncertain> MeasureAsync(string what, ulong seed, int shots = 32, int late = 0)
    {
        (IPhysicalSystem opened, ShotShape shape) = Open(what, seed, late);
        await using IPhysicalSystem system = opened;
        return (await LagResponse.MeasureAsync(system, shape, ChannelSettings.BenchShare, shots, seed * 20_000, _ => { }, CancellationToken.None)).EdgeSamples!.Value;
    }

    private static (IPhysicalSystem, ShotShape) Open(string what, ulong seed, int late)
    {
        var shape = ShotShape.Throughout(what == "ladder" ? 240 : 128); // as their calibrations
        (Board board, double rateHz, IBenchPhysics physics) = what switch
        {
            "circuit" => (VirtualBoards.Circuit(1), VirtualBoards.CircuitSampleRateHz, (IBenchPhysics)new CircuitBench(new CircuitBenchOptions { Seed = seed, Threads = 1 })),
            "ladder" => (VirtualBoards.Slow(1), VirtualBoards.SlowSampleRateHz,
                new CircuitBench(new CircuitBenchOptions { Seed = seed, Threads = 1, Parameters = CircuitParameters.SlowRate, Tolerances = CircuitTolerances.Film })),
            _ => (VirtualBoards.Plate(1), VirtualBoards.PlateSampleRateHz, new PlateBench(new PlateBenchOptions { Seed = seed, Threads = 1 })),
        };
        var system = new InProcessSystem(board, physics, rateHz, shape, InjectedFaults.None, TimeProvider.System);
        return (late == 0 ? system : new LateSystem(system, late), shape);
    }

    /// <summary>Reads what stood there so many samples before; the first of a shot are as long the first reading.</summary>
    private sealed class LateSystem(IPhysicalSystem inner, int late) : IPhysicalSystem
    {
        public SystemDescription Description => inner.Description;

        public SystemUsage Usage => inner.Usage;

        public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            Measurement m = await inner.RunAsync(stimulus, cancellation);
            int samples = Description.MeasurementSamples;
            return m with { Volts = [.. m.Volts.Select((_, at) => m.Volts[at - Math.Min(late, at % samples)])] };
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
