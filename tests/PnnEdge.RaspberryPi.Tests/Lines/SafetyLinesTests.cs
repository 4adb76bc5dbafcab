using System.Device.Gpio;
using PnnEdge.RaspberryPi.Lines;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Tests.Lines;

public sealed class SafetyLinesTests : IDisposable
{
    private const int Enable = 27, Interlock = 22;

    private readonly SimulatedLines _lines = new();
    private readonly GpioController _header;

    public SafetyLinesTests() => _header = new GpioController(_lines);

    [Fact]
    public void The_enable_line_is_low_from_the_first_moment_and_each_toggle_is_an_edge()
    {
        _lines[Enable] = PinValue.High;
        using var lines = new SafetyLines(_header, TestRigs.Circuit.Safety);
        Assert.Equal(PinValue.Low, _lines[Enable]);
        List<PinValue> edges = [];
        _lines.Changed = line => edges.Add(_lines[line]);
        for (int i = 0; i < 3; i++) { lines.Toggle(); }
        lines.Release();
        lines.Release();
        lines.Toggle();
        Assert.Equal([PinValue.High, PinValue.Low, PinValue.High, PinValue.Low, PinValue.High], edges);
    }

    [Fact]
    public void An_interlock_chain_that_is_not_wired_reads_as_open()
    {
        using var lines = new SafetyLines(_header, TestRigs.Circuit.Safety);
        Assert.False(lines.IsInterlockClosed());
        _lines[Interlock] = PinValue.High;
        Assert.True(lines.IsInterlockClosed());
    }

    [Fact]
    public void Lines_that_were_let_go_are_low_and_free()
    {
        var lines = new SafetyLines(_header, TestRigs.Circuit.Safety);
        lines.Toggle();
        lines.Dispose();
        Assert.Equal((PinValue.Low, false, false), (_lines[Enable], _lines.IsOpen(Enable), _lines.IsOpen(Interlock)));
    }

    [Fact]
    public void A_line_that_is_taken_is_told_by_number()
    {
        _lines.Taken.Add(Interlock);
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => new SafetyLines(_header, TestRigs.Circuit.Safety));
        Assert.Equal("GPIO line 22 cannot be opened: Device or resource busy.", told.Message);
    }

    [Fact]
    public void The_processor_s_temperature_is_the_kernel_s_and_without_one_there_is_none()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "48312\n");
        using var lines = new SafetyLines(_header, TestRigs.Circuit.Safety);
        Assert.Equal(48_312, new PiHealth(lines, file).TemperatureMilliCelsius());
        File.Delete(file);
        Assert.Equal(Heartbeat.NoTemperature, new PiHealth(lines, file).TemperatureMilliCelsius());
    }

    public void Dispose() => _header.Dispose();
}
