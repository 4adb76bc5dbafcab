using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>What a board, or its firmware on an interpreter, must do before anybody trains on it: firmware/README.md says how to run these against one.</summary>
public sealed class DeviceTests(TestedDevice device, ITestOutputHelper output) : IClassFixture<TestedDevice>
{
    private const int BatchBlocks = 50;

    /// <summary>Buffers of libraries and queues have their size by then.</summary>
    private const int WarmUpBlocks = 100;
    private const int MeasuredBlocks = 1000;

    /// <summary>A device that plays fast tells few of them in 1,000 blocks.</summary>
    private const int FewestReadings = 30;

    private const long MostUsedBytes = 96 * 1024;
    private const string HeapVariable = "PNN_DEVICE_HEAP_KIB";

    [Fact]
    public async Task Free_memory_does_not_fall_while_a_thousand_blocks_are_played()
    {
        Assert.SkipWhen(NamedDevice.OfEnvironment() is null, $"skipped: {NamedDevice.Variable} names no board or interpreter");
        Assert.SkipWhen(device.Hello.Simulated, $"skipped: {device.Address} is simulated, and tells the free memory of its computer");
        ConcurrentQueue<HealthReading> told = new();
        await using DeviceWatch watch = DeviceWatch.Open(
            device.Broker, device.Address, [Topics.HealthLeaf], TimeProvider.System, TestedDevice.Chance(), (_, text) => told.Enqueue(HealthReading.Parse(text)));
        await using WirePhysicalSystem system = await ConnectAsync(new HostTransport(device.Broker, device.Address, TimeProvider.System, TestedDevice.Chance()));
        await PlayAsync(system, 0, WarmUpBlocks);
        told.Clear();

        int blocks = 0;
        string ended = string.Empty;
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            for (; blocks < MeasuredBlocks || told.Count < FewestReadings; blocks += BatchBlocks) { await PlayAsync(system, WarmUpBlocks + blocks, BatchBlocks); }
        }
        catch (PhysicalSystemException failed)
        {
            ended = $" Then: {failed.Message}";
        }

        HealthReading[] readings = [.. told];
        double trend = HeapTrend.BytesPerThousandBlocks(readings);
        long[] free = [.. readings.Select(reading => reading.FreeBytes).Order()];
        string figures =
            $"{blocks:N0} blocks in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s, {system.Usage.FramesRetried} asked for again; told {readings.Length} times: " +
            $"free {free[free.Length / 2]:N0} bytes, {free[0]:N0} to {free[^1]:N0}; {trend:0} bytes in 1,000 blocks.{ended}";
        output.WriteLine(figures);
        Assert.True(trend > -HeapTrend.MostLostBytes, $"{device.Address} loses memory, more than the {HeapTrend.MostLostBytes} bytes in 1,000 blocks that may go: {figures}");
        Assert.True(ended.Length == 0, $"{device.Address} did not play to the end: {figures}");
        Assert.True(readings.Zip(readings.Skip(1)).All(pair => pair.First.UptimeMillis < pair.Second.UptimeMillis), $"{device.Address} has started anew: {figures}");
        if (Environment.GetEnvironmentVariable(HeapVariable) is { Length: > 0 } kib)
        {
            long used = (1024 * long.Parse(kib, CultureInfo.InvariantCulture)) - free[0];
            Assert.True(used is > 0 and <= MostUsedBytes, $"{device.Address} uses {used:N0} bytes of a heap of {kib} KiB; it was to be at most {MostUsedBytes:N0}: {figures}");
        }
    }

    [Fact]
    public async Task A_host_that_falls_silent_leaves_it_idle_when_the_lease_lapses_and_the_next_host_plays_on()
    {
        BlockingCollection<string> states = [];
        await using DeviceWatch watch = DeviceWatch.Open(
            device.Broker, device.Address, [Topics.StatusLeaf], TimeProvider.System, TestedDevice.Chance(), (_, text) => states.Add(State(text)));
        SilentTransport transport = new(new HostTransport(device.Broker, device.Address, TimeProvider.System, TestedDevice.Chance()));
        await using (WirePhysicalSystem system = await ConnectAsync(transport))
        {
            await PlayAsync(system, 0, 5);
            Until("armed", TestedDevice.Limit);
            transport.FallSilent();
            long silent = TimeProvider.System.GetTimestamp();

            // Five seconds for the message's way on a busy machine; a device waits for nothing but its lease.
            Until("idle", TimeSpan.FromMilliseconds(device.LeaseMillis + 5000));
            double millis = TimeProvider.System.GetElapsedTime(silent).TotalMilliseconds;
            output.WriteLine($"Idle {millis:0} ms after the last word of a host with a lease of {device.LeaseMillis} ms.");

            // A host renews when a third of the lease has gone, and has a sixth more to be late in: sooner, it was not the lease that ended.
            Assert.True(millis > 0.5 * device.LeaseMillis, $"It was idle {millis:0} ms after the host's last word, before the lease of {device.LeaseMillis} ms can have lapsed.");
        }

        await using (DeviceDesk desk = device.OpenDesk())
        {
            DeviceGreeting now = await desk.IdentifyAsync(TestedDevice.Limit, TestContext.Current.CancellationToken);
            Assert.Equal(LinkState.Idle, now.Hello.State); // WIRE.md, L-7: it comes there by way of safe outputs alone
        }

        await using WirePhysicalSystem next = await ConnectAsync(new HostTransport(device.Broker, device.Address, TimeProvider.System, TestedDevice.Chance()));
        await PlayAsync(next, 0, 5);

        void Until(string state, TimeSpan limit)
        {
            long start = TimeProvider.System.GetTimestamp();
            string? last = null;
            while (last != state)
            {
                TimeSpan left = limit - TimeProvider.System.GetElapsedTime(start);
                Assert.True(left > TimeSpan.Zero && states.TryTake(out last, left), $"{device.Address} was not {state} within {limit.TotalSeconds:0.0} s.");
            }
        }
    }

    [Fact]
    public async Task It_takes_a_program_and_infers_the_class_that_the_host_computes_through_the_same_bench()
    {
        Assert.SkipWhen(device.Key is null, $"skipped: {TestedDevice.KeyVariable} names no file with the device's key");
        SmallProgram small = new(device);
        output.WriteLine(await small.CompareAsync(TestContext.Current.CancellationToken));
    }

    private static string State(string status) => JsonDocument.Parse(status).RootElement.GetProperty("state").GetString()!;

    /// <summary>One shot a block: as long as 80 ms, and on a fast board no longer than its frames are.</summary>
    private Task<WirePhysicalSystem> ConnectAsync(IHostTransport transport)
    {
        int samples = (int)Math.Clamp(0.08 * device.SampleRateHz, 1, 200);
        RunShape shape = new(device.SampleRateHz, ShotShape.Throughout(samples)) { LongestFrameBytes = 1 };
        return WirePhysicalSystem.OpenAsync(
            transport, device.Address, shape, new SessionOptions { LeaseMillis = device.LeaseMillis }, TimeProvider.System, TestedDevice.Chance(), TestContext.Current.CancellationToken);
    }

    private static async Task PlayAsync(WirePhysicalSystem system, int first, int blocks)
    {
        SystemDescription description = system.Description;
        float low = description.StimulusRange.MinVolts, span = description.StimulusRange.MaxVolts - low;
        float[] volts = [.. Enumerable.Range(0, blocks * description.StimulusSamples).Select(i => low + (span * (0.5f + (0.4f * MathF.Sin(i)))))];

        // Another value in every batch: parameter sets come and go as they do in training.
        float[] actuators = [.. description.Actuators.SelectMany(port => Enumerable.Repeat(port.Range.MinVolts + ((port.Range.MaxVolts - port.Range.MinVolts) * ((first / BatchBlocks % 8) + 1) / 10), port.Count))];
        Measurement measured = await system.RunAsync(new Stimulus((ulong)first, blocks, volts, actuators), TestContext.Current.CancellationToken);
        Assert.Equal(blocks * description.MeasurementSamples, measured.Volts.Length);
    }
}
