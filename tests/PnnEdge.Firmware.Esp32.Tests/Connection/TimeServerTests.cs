using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class TimeServerTests
{
    [Fact]
    public void When_no_time_comes_the_line_says_who_was_asked_and_fits_the_log()
    {
        Assert.EndsWith("asked time.lab", TimeServer.NoAnswer("time.lab"), StringComparison.Ordinal);
        Assert.Contains("asked pool.ntp.org", TimeServer.NoAnswer(null), StringComparison.Ordinal);
        Assert.InRange(TimeServer.NoAnswer(null).Length, 1, DeviceLog.MaxLineLength);
    }

    [Theory]
    [InlineData(1970, false)]
    [InlineData(2025, false)]
    [InlineData(2026, true)]
    public void A_clock_that_counts_from_1970_is_no_time_of_day(int year, bool isTimeOfDay) => Assert.Equal(isTimeOfDay, TimeServer.IsTimeOfDay(year));
}
