using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Support;

/// <summary>Simulated chips on the host's time and the real threads: the node follows the drive while it is driven.</summary>
internal sealed class RealTimePi : PiBuses
{
    public const double RateHz = 20;

    private readonly PiRig _rig;
    private readonly SimulatedMcp4922 _dac = new(referenceVolts: 1);

    private RealTimePi(PiRig rig)
    {
        _rig = rig;
        Lines[rig.Safety.InterlockLine] = PinValue.High;
        Lines.Changed = line => Edges += line == rig.Safety.EnableLine ? 1 : 0;
    }

    public SimulatedLines Lines { get; } = new();

    public int Edges { get; private set; }

    /// <summary>Of code 0 to the last: 0.5 is the safe 0 V of the bench.</summary>
    public double Drive => _dac.Volts(_rig.Stimulus.Channel);

    public bool EnableIsHigh => Lines[_rig.Safety.EnableLine] == PinValue.High;

    /// <summary>After every word to the output chip.</summary>
    public Action? Transferred { get; set; }

    /// <summary>After every reading of the input chip.</summary>
    public Action? Sampled { get; set; }

    public void OpenInterlock() => Lines[_rig.Safety.InterlockLine] = PinValue.Low;

    public static (PiSystem System, RealTimePi Pi) Open(ShotShape shot, TimeProvider? time = null)
    {
        // 20 Hz: a machine that does other work beside must be late by 50 ms before a block runs dry and is repeated.
        PiRig rig = TestRigs.Echo with { SampleRateHz = RateHz, SettleMilliseconds = 0 };
        var pi = new RealTimePi(rig);
        return (PiSystem.OpenOn(rig, pi, simulated: true, shot, time ?? TimeProvider.System), pi);
    }

    public override SpiDevice OpenSpi(ChipSettings chip, bool inBursts)
    {
        var settings = new SpiConnectionSettings(chip.Spi!.Bus, chip.Spi.Select);
        return chip.Name == _rig.Stimulus.Chip
            ? new SimulatedSpiDevice(_dac, settings, () => Transferred?.Invoke())
            : new SimulatedSpiDevice(new SimulatedMcp3208(_ => Drive, referenceVolts: 1), settings, () => Sampled?.Invoke());
    }

    public override I2cDevice OpenI2c(ChipSettings chip) => throw new NotSupportedException();

    public override GpioController OpenLines() => new(Lines);
}
