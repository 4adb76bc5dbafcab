using System.Diagnostics;
using System.Globalization;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Devices;

public class ForeignToolsTests
{
    private static readonly string State = Topics.Leaf(EchoDevice.Address.Site, EchoDevice.Address.Device, Topics.StateLeaf);

    [Fact]
    public async Task A_device_that_dies_without_a_word_is_seen_as_lost_by_a_plain_subscriber()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient reader = await PlainClient.ConnectAsync(broker.Address, State);
        CutWire wire = new(broker.Address);
        await using EchoDevice device = new(wire.Address, 11, new MemoryStorage());
        await Eventually.Holds(() => reader.Last(State) == Topics.StateReady, "the device is ready");

        wire.Dispose();

        await Eventually.Holds(() => reader.Last(State) == Topics.StateLost, "the last will is told");
        await using PlainClient late = await PlainClient.ConnectAsync(broker.Address, State);
        await Eventually.Holds(() => late.Last(State) == Topics.StateLost, "the last will is retained");
    }

    [Fact]
    public async Task Mosquitto_sub_reads_the_state_as_plain_text()
    {
        Mosquitto.RequireTool("mosquitto_sub");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient reader = await PlainClient.ConnectAsync(broker.Address, State);
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await Eventually.Holds(() => reader.Last(State) == Topics.StateReady, "the device is ready");

        using Process tool = Mosquitto.Start(
            "mosquitto_sub", "-h", "127.0.0.1", "-p", broker.Address.Port.ToString(CultureInfo.InvariantCulture), "-t", State, "-C", "1", "-W", "20");
        string said = await tool.StandardOutput.ReadToEndAsync();

        Assert.True(said == "ready\n", $"mosquitto_sub said \"{said}\" and \"{await tool.StandardError.ReadToEndAsync()}\"");
    }

    [Fact]
    public async Task Over_mosquitto_a_batch_comes_back_as_over_our_own_broker()
    {
        (Process mosquitto, BrokerAddress address) = await Mosquitto.StartBrokerAsync();
        try
        {
            await using EchoDevice device = new(address, 11, new MemoryStorage());
            await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(address);

            Measurement measured = await system.RunAsync(EchoDevice.Ramp(500, 64), CancellationToken.None);

            Assert.Equal(measured.AppliedVolts, measured.Volts);
        }
        finally
        {
            mosquitto.Kill();
            mosquitto.Dispose();
        }
    }

    [Fact]
    public async Task Over_mosquitto_a_small_batch_does_not_wait_for_a_delayed_acknowledgement()
    {
        (Process mosquitto, BrokerAddress address) = await Mosquitto.StartBrokerAsync();
        try
        {
            // Mosquitto leaves Nagle's algorithm on, so a frame may wait for our acknowledgement of the one before, which Linux delays
            // by 40 ms at least. Half of that tells the two apart; the median, since a busy machine may hold up any single batch.
            Assert.InRange(await MedianBatchMillisAsync(address), 0, 20);
        }
        finally
        {
            mosquitto.Kill();
            mosquitto.Dispose();
        }
    }

    private static async Task<double> MedianBatchMillisAsync(BrokerAddress address)
    {
        const int Batches = 300;
        await using EchoDevice device = new(address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(address);
        Stimulus stimulus = EchoDevice.Ramp(4 * system.ShotsPerBlock, 64);
        double[] millis = new double[Batches];
        for (int batch = 0; batch < Batches; batch++)
        {
            long start = TimeProvider.System.GetTimestamp();
            await system.RunAsync(stimulus, CancellationToken.None);
            millis[batch] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(millis);
        TestContext.Current.TestOutputHelper?.WriteLine($"{address}: median {millis[Batches / 2]} ms, {4 * Batches / millis.Sum() * 1000} frames/s");
        return millis[Batches / 2];
    }

    [Fact]
    public async Task A_command_that_the_broker_kept_is_not_obeyed_by_a_device_that_comes_later()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient plain = await PlainClient.ConnectAsync(broker.Address);
        byte[] frame = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];

        // Right in all but being retained: this boot's id, a deadline ahead, the epoch of a device that never granted one.
        FrameHeader.Write(frame, FrameKind.Command, 0, 0, 1, 11, 30_000);
        FrameHeader.Seal(frame, CommandFrame.Write(frame, CommandCode.Arm, 5, 5000, string.Empty), new HostCrc32());
        string topic = Topics.ToDevice(EchoDevice.Address.Site, EchoDevice.Address.Device);
        await plain.PublishAsync(topic, frame, retain: true);

        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await Eventually.Holds(() => device.Device.Loop.Counters.ByReason[(int)RefusalReason.Retained] == 1, "the refusal is counted");
        await Eventually.Holds(() => device.Device.Loop.State == LinkState.Idle, "the device is idle");
        Assert.Equal(0u, device.Device.Loop.Epoch);

        // The same frame for now is obeyed: nothing else was wrong with it.
        await plain.PublishAsync(topic, frame);
        await Eventually.Holds(() => device.Device.Loop.Epoch == 1, "the frame that is not retained is obeyed");
    }
}
