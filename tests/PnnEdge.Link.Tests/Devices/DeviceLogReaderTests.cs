using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Link.Devices;

namespace PnnEdge.Link.Tests.Devices;

public class DeviceLogReaderTests
{
    private readonly DeviceLog _log = new();
    private readonly DeviceLogReader _reader = new();

    [Fact]
    public void A_line_is_shown_once_however_often_the_device_tells_it()
    {
        _log.Write(10, "boot 7");
        Assert.Equal(["boot 7"], Take());
        _log.Write(20, "connected");
        Assert.Equal(["connected"], Take());
        Assert.Empty(Take());
    }

    [Fact]
    public void Lines_that_came_and_went_between_two_texts_are_counted_as_missed()
    {
        _log.Write(1, "a");
        Take();
        for (int i = 0; i < DeviceLog.Lines + 3; i++) { _log.Write(2, $"{i}"); }
        DeviceLogLine first = _reader.Take(_log.Text(7, out _))[0];
        Assert.Equal(("3", 3u, 5u), (first.Text, first.Missed, first.Number));
    }

    [Fact]
    public void A_reader_that_joins_late_missed_nothing_and_a_boot_begins_anew()
    {
        for (int i = 0; i < 50; i++) { _log.Write(1, $"{i}"); }
        Assert.All(_reader.Take(_log.Text(7, out _)), line => Assert.Equal(0u, line.Missed));
        DeviceLog after = new();
        after.Write(3, "boot 8");
        DeviceLogLine line = Assert.Single(_reader.Take(after.Text(8, out _)));
        Assert.Equal((8u, 1u, 0u), (line.BootId, line.Number, line.Missed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ready")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"bootId\":1,\"lines\":[{\"n\":\"x\"}]}")]
    [InlineData("{\"bootId\":-1,\"lines\":[]}")]
    public void Any_other_text_says_nothing(string text) => Assert.Empty(_reader.Take(text));

    private string[] Take() => [.. _reader.Take(_log.Text(7, out _)).Select(line => line.Text)];
}
