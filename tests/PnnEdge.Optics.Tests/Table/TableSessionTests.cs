using System.Text;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.Optics.Tests.Table;

public class TableSessionTests
{
    private readonly SimulatedTable _table = TableOnSocket.NewTable();
    private readonly TableSession _session;

    public TableSessionTests() => _session = new TableSession(TableOnSocket.NewCommands(_table));

    [Theory]
    [InlineData("*IDN?", "PnnEdge,Optical table,7,0.1")]
    [InlineData("*OPC?;*TST?;:SYST:VERS?", "1;0;1999.0")]
    [InlineData(":SOURCE:SHUTTER:STATE ON;STATE?", "1")] // STATE? goes on in SOURce:SHUTter
    [InlineData("SHUT ON;*OPC?;SHUT OFF;:SHUT?", "1;0")] // a star leaves the branch, which is the root here, alone
    [InlineData("SHUT 1;SHUT?", "1")]
    [InlineData("SHUT:TIM?;TIM 2.5;TIM?;*RST;:SHUT:TIM?", "0;2.5;0")]
    [InlineData("*ESE 32;*ESE?;*ESR?;NOTHING", "32;128")]
    [InlineData("AVER:COUN 3;:SYST:ERR?", "0,\"No error\"")]
    public void Commands_of_one_message_are_obeyed_in_turn_and_answered_in_one_line(string message, string answer) => Assert.Equal(answer, Say(message));

    [Theory]
    [InlineData("LASER:FIRE", "-113,\"Undefined header;LASER:FIRE\"")]
    [InlineData("SHUT", "-109,\"Missing parameter\"")]
    [InlineData("SHUT:TIM -1", "-222,\"Data out of range;0 to 3600 s are possible\"")]
    [InlineData("SHUT:TIM 3601", "-222,\"Data out of range;0 to 3600 s are possible\"")]
    [InlineData("SHUT MAYBE", "-224,\"Illegal parameter value\"")]
    [InlineData("SHUT ON,OFF", "-108,\"Parameter not allowed\"")]
    [InlineData("AVER:COUN few", "-104,\"Data type error;'few' is not a whole number\"")]
    [InlineData("AVER:COUN 100000", "-222,\"Data out of range;1 to 1000 exposures are possible\"")]
    [InlineData("INT:TIME NAN", "-104,\"Data type error;'NAN' is not a number\"")]
    [InlineData("INT:TIME 0", "-222,\"Data out of range;up to 10 s are possible\"")]
    [InlineData("SHAP:FRAM #15hello", "-161,\"Invalid block data;a frame has 640 bytes, 5 came\"")]
    [InlineData("SHAP:FRAM #9", "-160,\"Block data error;its length is no number\"")]
    [InlineData("SHAP:FRAM 5", "-161,\"Invalid block data\"")]
    [InlineData("FETC:SPEC?", "-230,\"Data corrupt or stale;nothing was measured\"")]
    [InlineData("SHUT? \"open", "-102,\"Syntax error;a string has no end\"")]
    public void What_cannot_be_obeyed_has_no_answer_and_stands_in_the_error_queue(string message, string error)
    {
        Assert.Equal(string.Empty, Say(message));
        Assert.Equal(error, Say("SYST:ERR?"));
        Assert.Equal("0,\"No error\"", Say("SYST:ERR?"));
    }

    [Fact]
    public void Commands_before_a_wrong_one_are_obeyed_and_those_behind_it_are_not()
    {
        Assert.Equal("0", Say("SHUT?;SHUT ON;LASER:FIRE;SHUT OFF"));
        Assert.True(_table.IsShutterOpen);
    }

    [Fact]
    public void A_full_queue_ends_with_its_overflow_and_the_status_byte_shows_it()
    {
        for (int i = 0; i < 3 * ScpiErrors.Capacity; i++) { Say("NOTHING"); }
        Assert.Equal("4", Say("*STB?"));
        Assert.Equal($"{ScpiErrors.Capacity}", Say("SYST:ERR:COUN?"));
        for (int i = 0; i < ScpiErrors.Capacity - 1; i++) { Assert.StartsWith("-113", Say("SYST:ERR?"), StringComparison.Ordinal); }
        Assert.Equal("-350,\"Queue overflow\"", Say("SYST:ERR?"));
        Assert.Equal("0", Say("*STB?"));
    }

    [Fact]
    public void A_phase_that_the_simulated_crystal_does_not_know_is_refused_and_says_which()
    {
        byte[] frame = new byte[640];
        frame.AsSpan().Fill(70); // about a quarter turn on both rows
        _session.Receive([.. "SHAP:FRAM "u8, .. DefiniteBlock.Of(frame), (byte)'\n']);
        Assert.Equal("-222,\"Data out of range;frame 0 has a phase on channel 0 that is neither 0 nor pi\"", Say("SYST:ERR?"));
    }

    [Fact]
    public void A_controller_that_opened_the_shutter_leaves_it_closed_and_another_one_does_not_close_it()
    {
        using TableCommands commands = TableOnSocket.NewCommands(_table);
        TableSession opener = new(commands), other = new(commands);
        opener.Receive("SHUT ON\n"u8);
        other.End();
        Assert.True(_table.IsShutterOpen);
        opener.End();
        Assert.False(_table.IsShutterOpen);
    }

    [Fact]
    public void A_shutter_is_held_by_who_opened_it_alone_and_what_has_closed_is_not_opened_by_renewing()
    {
        var time = new ManualTime();
        List<string> said = [];
        using TableCommands commands = TableOnSocket.NewCommands(_table, time: time, log: said.Add);
        TableSession opener = new(commands), other = new(commands);
        opener.Receive("SHUT:TIM 2.5;STAT ON\n"u8);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("-221,\"Settings conflict;another controller has opened the shutter\"\n", Encoding.Latin1.GetString(other.Receive("SHUT:TIM 0\nSYST:ERR?\n"u8)));
        opener.Receive("SHUT:TIM 2.5\n"u8);
        time.Advance(TimeSpan.FromSeconds(2));
        opener.Receive("SHUT ON\n"u8);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_table.IsShutterOpen);
        opener.Receive("SHUT?;*OPC?\n"u8); // other commands do not hold it
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(_table.IsShutterOpen);
        Assert.Equal(["The shutter was not renewed within 2.5 s and has closed."], said);
        opener.Receive("SHUT:TIM 2.5\n"u8);
        Assert.False(_table.IsShutterOpen);
    }

    [Fact]
    public void Twice_the_exposure_doubles_every_lit_reading_above_the_pedestal()
    {
        Say("SHUT ON");
        double seconds = TableOnSocket.Rig.Spectrometer.IntegrationSeconds;
        double[] once = Exposed(seconds / 16), twice = Exposed(seconds / 8); // short: a modulator that lets all through saturates at the rig's own
        Assert.True(once.Max() > 2000 && twice.Max() < TableOnSocket.Rig.Spectrometer.HighestReading - SimulatedTable.Pedestal, $"{once.Max()}, {twice.Max()}");

        // The same shot has the same noise, which the exposure scales, too: what is left is rounding, of half a count once and of two halves twice.
        Assert.All(once.Zip(twice), pair => Assert.InRange(pair.Second - (2 * pair.First), -1.5, 1.5));

        double[] Exposed(double exposureSeconds)
        {
            Say(FormattableString.Invariant($"INT:TIME {exposureSeconds}"));
            _table.NextShot = 40;
            _table.Measure();
            return [.. _table.Spectra.Select(reading => reading - SimulatedTable.Pedestal)];
        }
    }

    private string Say(string message) => Encoding.Latin1.GetString(_session.Receive(Encoding.Latin1.GetBytes(message + "\n"))).TrimEnd('\n');
}
