using PnnEdge.Firmware.Core.Ports;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.Boards;

public sealed class HealthTests
{
    private const ulong OfSeedThree = 3UL << 40;

    [Theory]
    [InlineData("", 9_999, 25_000)]
    [InlineData("temp.ramp=10", 0, 25_000)]
    [InlineData("temp.ramp=10", 4_999, 29_999)] // 10 K per 10,000 shots
    [InlineData("temp.ramp=10@4000", 3_999, 25_000)]
    [InlineData("temp.ramp=10@4000", 4_999, 25_999)]
    [InlineData("temp.ramp=-10, temp.ramp=-20", 9_999, -4_997)]
    [InlineData("temp.ramp=60", 50_000, 85_000)] // ends at 60 K
    [InlineData("temp.ramp=-60", 50_000, -35_000)]
    public void The_board_is_as_warm_as_the_room_that_the_ramp_warms(string ramps, uint shot, int milliCelsius)
    {
        var bench = new Bench(new FunctionBench(0, (drive, _) => drive));
        IBoardHealth health = new VirtualHealth(() => bench.Converters.NewestShot, Inject.OfRoom(ramps));
        Assert.Equal(25_000, health.TemperatureMilliCelsius());
        bench.Converters.Play(Bench.Plan(1), OfSeedThree + shot, 1, new byte[2], 0, new byte[2], 0);
        Assert.Equal(milliCelsius, health.TemperatureMilliCelsius());
    }

    [Fact]
    public void No_ramp_of_the_room_stops_a_virtual_board() => Assert.InRange(VirtualBoards.Circuit(1).MaxTemperatureMilliCelsius, 85_000, int.MaxValue);
}
