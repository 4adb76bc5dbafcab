using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Link.Tests.Devices;

/// <summary>Faults of the device itself, by name: the session notices, sends again, and no result is another.</summary>
public class DeviceFaultTests
{
    private const int Oscillators = 6;

    [Theory]
    [InlineData("param.stale=2@300", RefusalReason.FrameIdReused)]
    [InlineData("param.bitflip=3@300", RefusalReason.WrongParameterHash)]
    [InlineData("param.bitflip=480", null)] // values that are not finite are not answered
    [InlineData("dev.reboot@300", null)]
    [InlineData("dev.reboot=3@300, param.bitflip@100, param.stale@600", null)]
    public async Task Whatever_the_device_forgets_the_measurement_is_the_same(string faults, RefusalReason? seen)
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using OscillatorDevice device = new(broker.Address, Oscillators, faults);
        await using WirePhysicalSystem system = await device.ConnectAsync(new SessionOptions { ResponseMillis = 100 });
        await using InProcessSystem twin = OscillatorDevice.Twin(Oscillators);
        uint bootId = device.Device.Loop.BootId;
        for (int number = 0; number < 5; number++)
        {
            Stimulus batch = OscillatorDevice.Batch(Oscillators, number, shots: 200);
            Measurement measured = await system.RunAsync(batch, CancellationToken.None);
            Assert.Equal((await twin.RunAsync(batch, CancellationToken.None)).Volts, measured.Volts);
        }

        Assert.Equal(1000, system.Usage.Passes);
        Assert.True(seen is null || system.RefusedByDevice[seen.Value] > 0, $"The device never refused for {seen}.");
        Assert.Equal(faults.Contains("dev.reboot", StringComparison.Ordinal), device.Device.Loop.BootId != bootId);
    }
}
