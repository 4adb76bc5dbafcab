using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Scpi;

public class HeaderPatternTests
{
    [Theory]
    [InlineData("[SENSe:]AVERage:COUNt", "AVER:COUN", true)]
    [InlineData("[SENSe:]AVERage:COUNt", "sense:average:count", true)]
    [InlineData("[SENSe:]AVERage:COUNt", "SENS:AVERAGE:COUN", true)]
    [InlineData("[SENSe:]AVERage:COUNt", "SENS:AVERA:COUN", false)] // neither short nor long
    [InlineData("[SENSe:]AVERage:COUNt", "AVER:COUN?", false)]
    [InlineData("[SENSe:]AVERage:COUNt", "AVER", false)]
    [InlineData(":TRACe[:DATA]:Y?", "TRAC:Y?", true)]
    [InlineData(":TRACe[:DATA]:Y?", "TRACE:DATA:Y?", true)]
    [InlineData(":TRACe[:DATA]:Y?", "TRAC:DATA?", false)]
    [InlineData("SYSTem:ERRor[:NEXT]?", "SYST:ERR?", true)]
    [InlineData("DISPlay[:WINDow]:TRACe:Y1[:SCALe]:SPACing", "DISP:TRAC:Y1:SPAC", true)]
    [InlineData("DISPlay[:WINDow]:TRACe:Y1[:SCALe]:SPACing", "DISP:TRAC:Y2:SPAC", false)]
    [InlineData("*IDN?", "*idn?", true)]
    public void A_header_is_its_short_or_its_long_form_with_or_without_what_may_be_left_out(string pattern, string header, bool matches) =>
        Assert.Equal(matches, HeaderPattern.Parse(pattern).Matches(header));

    [Theory]
    [InlineData("[SENSe:]AVERage:COUNt", "AVER:COUN")]
    [InlineData(":TRACe[:DATA]:Y?", "TRAC:Y?")]
    [InlineData("*IDN?", "*IDN?")]
    public void It_is_sent_in_its_shortest_form(string pattern, string sent) => Assert.Equal(sent, HeaderPattern.Parse(pattern).Shortest);

    [Theory]
    [InlineData("")]
    [InlineData("SYST ERR")]
    [InlineData("SYST::ERR?")]
    [InlineData("SYST:ERR??")]
    [InlineData("[SYST:ERR]?")]
    public void What_is_no_header_is_refused(string pattern) => Assert.Throws<FormatException>(() => HeaderPattern.Parse(pattern));
}
