using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Firmware.Esp32.Converters;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Tests.Boards;

/// <summary>The SPI board's converters on simulated chips, with the level shifters that its builder solders: volts of the bench in, volts of the bench out.</summary>
public class SpiBenchTests
{
    private const double ReferenceVolts = 3.0;

    private readonly SimulatedMcp4922 _dac = new(ReferenceVolts);
    private readonly SimulatedMcp4725 _bias = new(supplyVolts: 3.3);
    private readonly WordConverters _converters;
    private readonly VoltScale _scale = new(-3f, 3f, 12);

    public SpiBenchTests()
    {
        // Drive = 2·DAC − 3 V; the ADC sees (node + 3 V)/2; between them half of the drive.
        SimulatedMcp3208 adc = new(_ => (((2 * _dac.Volts(SpiBoard.DriveDacChannel)) - ReferenceVolts) / 2 + ReferenceVolts) / 2, ReferenceVolts);
        _converters = new WordConverters(
            SpiBoard.Describe(1),
            [new Mcp4922Output(new Mcp4922(_dac), SpiBoard.DriveDacChannel)],
            [new Mcp3208Input(new Mcp3208(adc), SpiBoard.NodeAdcChannel)],
            [new Mcp4725Output(new Mcp4725(_bias))],
            new RecordingEnable(),
            new TickingClock(stepMicros: 10));
        _converters.SetSampleRate(SpiBoard.MaxRateMilliHertz);
    }

    [Fact]
    public void Volts_of_the_bench_go_out_and_come_back()
    {
        float[] volts = [-3f, -1f, 0f, 0.5f, 2.9f];
        byte[] stimulus = new byte[10], measurement = new byte[10];
        Assert.Equal(-1, _scale.EncodeWords(volts, 0, 5, stimulus, 0));
        _converters.PulseEnable();
        Assert.Equal(0, _converters.Play(ConverterPlans.Plan(1, 5, 0, 0, 5), 0, 1, stimulus, 0, measurement, 0));
        float[] measured = new float[5];
        _scale.DecodeWords(measurement, 0, 5, measured, 0);
        // Half a step out, halved by the bench, and a whole one in: the ADC cuts off where we round.
        Assert.All(volts.Zip(measured), pair => Assert.InRange(pair.Second, (pair.First / 2) - (1.26f * _scale.StepVolts), (pair.First / 2) + (0.26f * _scale.StepVolts)));
    }

    [Fact]
    public void Safe_is_0_V_at_the_bench_and_at_the_bias()
    {
        _converters.PulseEnable();
        Assert.Equal(FaultCode.None, _converters.SetActuators([2f], out _));
        Assert.Equal(2, _bias.Volts, 3.3 / 8192); // half a step
        Assert.Equal(FaultCode.None, _converters.MakeSafe());
        Assert.Equal((1.5, 0.0), (_dac.Volts(SpiBoard.DriveDacChannel), _bias.Volts));
    }

    [Fact]
    public void A_bias_chip_that_is_gone_is_a_fault_of_that_actuator()
    {
        _converters.PulseEnable();
        _bias.IsThere = false;
        Assert.Equal(FaultCode.ActuatorReadback, _converters.SetActuators([1f], out int failed));
        Assert.Equal(0, failed);
        Assert.Equal(FaultCode.ActuatorReadback, _converters.MakeSafe());
    }
}
