using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Dialects;

public class DialectFileTests
{
    private const string Least = """
        name: mine
        source: a manual
        identification: "ME,1"
        commands:
          identify: ["*IDN?"]
          next_error: ["SYSTem:ERRor?"]
        """;

    [Fact]
    public void Every_dialect_of_the_library_is_read_and_cites_its_manual()
    {
        Assert.Equal(["pnnedge-table", "thorlabs-pm100d", "yokogawa-aq6374"], InstrumentDialect.Names);
        Assert.All(InstrumentDialect.Names, name => Assert.True(InstrumentDialect.Load(name).Source.Length > 40, name));
        Assert.All(InstrumentDialect.Names, name => Assert.Equal(name, InstrumentDialect.Load(name).Name));
    }

    [Fact]
    public void Every_rig_of_the_library_is_read() => Assert.All(OpticalRig.Names, name => Assert.Equal("shg", OpticalRig.Load(name).System));

    [Theory]
    [InlineData("name: mine", "nmae: mine", "nmae")]
    [InlineData("SYSTem:ERRor?", "SYSTem ERRor?? {what}", "{what}")]
    [InlineData("*IDN?", "no-header", "'no-header' is not the header of a command")]
    [InlineData("  next_error: [\"SYSTem:ERRor?\"]", "", "no command for NextError; every instrument must tell who it is and what went wrong.")]
    [InlineData("  next_error:", "  next_eror:", "NextEror")]
    [InlineData("commands:", "commands: {", "mine.yaml")]
    [InlineData("commands:", "commands:\n  shutter_hold: [\"HOLD {value}\"]", "has a command for ShutterHold and none for IsShutterOpen and ReadShutterHold; a shutter that closes by itself must tell whether it has.")]
    public void What_a_dialect_s_file_says_wrongly_is_one_sentence(string right, string wrong, string told)
    {
        Assert.Equal("mine", InstrumentDialect.Parse(Least, "mine.yaml").Name);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => InstrumentDialect.Parse(Least.Replace(right, wrong, StringComparison.Ordinal), "mine.yaml"));
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("scpi://bench", "bench", 5025)]
    [InlineData("scpi://10.0.0.2:10001", "10.0.0.2", 10001)]
    [InlineData("SCPI://bench:4000/", "bench", 4000)]
    public void An_address_has_a_host_and_a_port(string text, string host, int port) => Assert.Equal(new ScpiAddress(host, port), ScpiAddress.Parse(text));

    [Theory]
    [InlineData("scpi://")]
    [InlineData("scpi://host:port")]
    [InlineData("scpi://host:0")]
    [InlineData("scpi://host:99999")]
    [InlineData("scpi://host/path")]
    [InlineData("tcp://host:5025")]
    public void What_is_no_address_is_refused_with_one_that_is(string text) =>
        Assert.Contains("scpi://host:port", Assert.Throws<FormatException>(() => ScpiAddress.Parse(text)).Message, StringComparison.Ordinal);
}
