using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;

namespace PnnEdge.EndToEnd.Tests.Devices;

public sealed class NamedDeviceTests
{
    [Fact]
    public void Broker_and_device_are_in_one_address() =>
        Assert.Equal(
            new NamedDevice(new BrokerAddress("bench.lab", 18830, "unit", "p/w"), new DeviceAddress("lab", "unit-3")),
            NamedDevice.Parse("mqtt://unit:p%2Fw@bench.lab:18830/lab/unit-3"));

    [Theory]
    [InlineData("mqtt://bench.lab:1883", "PNN_DEVICE is not a device's address; one looks like mqtt://host:1883/site/device.")]
    [InlineData("lab/unit-3", "PNN_DEVICE is not a device's address; one looks like mqtt://host:1883/site/device.")]
    [InlineData("http://bench.lab:1883/lab/unit-3", "PNN_DEVICE is not a device's address; one looks like mqtt://host:1883/site/device.")]
    [InlineData("mqtt://bench.lab/lab/Unit_3", "PNN_DEVICE: \"Unit_3\" cannot name a device; a name is 1 to 32 of a–z, 0–9 and '-', not beginning with '-'.")]
    public void Anything_else_is_refused_in_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<FormatException>(() => NamedDevice.Parse(text)).Message);
}
