using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class SettingsTests
{
    private const string Whole = "# bench 3\r\nboard=esp32-spi\r\nsite=lab\ndevice=unit-3\nbroker=10.0.0.2\nserial=42\n";

    [Fact]
    public void A_file_says_what_the_unit_is_and_TLS_is_on_unless_it_says_no()
    {
        Settings settings = Settings.Parse(Whole);
        Assert.Equal(("esp32-spi", "lab", "unit-3", "10.0.0.2", 42u, true, 8883),
            (settings.Board, settings.Site, settings.Device, settings.Broker, settings.Serial, settings.Tls, settings.Port));
        settings = Settings.Parse(Whole + "tls=no\n");
        Assert.Equal((false, 1883), (settings.Tls, settings.Port));
        Assert.Null(settings.Sntp);
        Assert.Equal("time.lab", Settings.Parse(Whole + "sntp=time.lab\r\n").Sntp);
        Assert.Equal(9999, Settings.Parse(Whole + "port=9999").Port);
    }

    [Theory]
    [InlineData("boad=esp32-spi", "'boad=esp32-spi' is none of board")]
    [InlineData("tls=maybe", "tls is yes or no, not 'maybe'")]
    [InlineData("port=65536", "port is a number from 0 to 65535, not '65536'")]
    [InlineData("port=", "port is a number from 0 to 65535, not ''")]
    [InlineData("sntp=", "sntp is a host name or an address")]
    [InlineData("serial=-1", "serial is a number from 0 to 4294967295, not '-1'")]
    [InlineData("serial=99999999999999999999999", "serial is a number")]
    [InlineData("site=Lab", "needs site")]
    [InlineData("device=", "needs site")]
    [InlineData("broker=", "needs board=… and broker")]
    public void A_line_that_is_wrong_is_named_with_what_is_possible(string line, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => Settings.Parse(Whole + line)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_is_told_what_it_needs() =>
        Assert.Contains("needs board", Assert.Throws<ArgumentException>(() => Settings.Parse("")).Message, StringComparison.Ordinal);
}
