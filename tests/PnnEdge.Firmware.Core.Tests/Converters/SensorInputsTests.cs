using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Core.Tests.Converters;

public class SensorInputsTests
{
    [Fact]
    public void Features_are_shares_of_the_inputs_span_in_the_inputs_order()
    {
        var sensors = new SensorInputs([new Input(0), new Input(1024), new Input(4095)], bits: 12);
        float[] features = [9, 9, 9];
        Assert.True(sensors.Read(features));
        Assert.Equal([0f, 0.25f, 4095f / 4096], features);
        Assert.True(sensors.Read(new float[2]));
    }

    [Fact]
    public void An_input_without_a_reading_leaves_nothing_to_look_at_and_there_are_no_more_features_than_inputs()
    {
        var sensors = new SensorInputs([new Input(5), new Input(-3)], bits: 12);
        Assert.Equal((true, false), (sensors.Fits(2), sensors.Fits(3)));
        Assert.False(sensors.Read(new float[2]));
        Assert.True(sensors.Read(new float[1]));
    }

    private sealed class Input(int code) : IWordInput
    {
        public int Read() => code;
    }
}
