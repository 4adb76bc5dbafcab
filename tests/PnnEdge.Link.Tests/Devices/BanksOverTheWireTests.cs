using System.Diagnostics;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.Link.Tests.Devices;

public class BanksOverTheWireTests
{
    /// <summary>The published example's size: 21,115 couplings and 206 drives, so a set is a frame of 85 KB.</summary>
    private const int Many = 206;

    [Fact]
    public async Task A_set_of_21321_actuators_goes_out_in_every_batch_and_measures_what_it_does_without_a_wire()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await RunAsync(broker.Address);
    }

    [Fact]
    public async Task It_passes_mosquitto_too()
    {
        (Process broker, BrokerAddress address) = await Mosquitto.StartBrokerAsync();
        using (broker)
        {
            try
            {
                await RunAsync(address);
            }
            finally
            {
                broker.Kill();
            }
        }
    }

    private static async Task RunAsync(BrokerAddress broker)
    {
        await using OscillatorDevice device = new(broker, Many);
        await using WirePhysicalSystem system = await device.ConnectAsync();
        await using InProcessSystem twin = OscillatorDevice.Twin(Many);
        Assert.Equal(["coupling × 21115", "drive × 206"], system.Description.Actuators.Select(bank => $"{bank.Name} × {bank.Count}"));
        Assert.Equal(twin.Description.Actuators, system.Description.Actuators);

        // More batches than the board keeps sets.
        for (int number = 0; number < 12; number++)
        {
            Stimulus batch = OscillatorDevice.Batch(Many, number, shots: 3);
            Measurement measured = await system.RunAsync(batch, CancellationToken.None), expected = await twin.RunAsync(batch, CancellationToken.None);
            Assert.Equal(expected.Volts, measured.Volts);
            Assert.Equal(expected.AppliedActuatorVolts, measured.AppliedActuatorVolts);
        }

        Assert.InRange(system.Usage.FramesRetried + system.Usage.FramesRefused, 0, 4); // of 24; on a busy machine an answer may come late
    }
}
