using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Dialects;

/// <summary>What <c>pnn optics record</c> kept: a file more in <c>Transcripts/recorded</c>, of whatever instrument, is a test more.</summary>
public sealed class RecordedTranscriptTests
{
    private const string DialectMark = "# dialect: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Recorded =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Transcripts", "recorded"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_dialect_was_recorded_at_least_once() =>
        Assert.All(InstrumentDialect.Names, dialect => Assert.Contains(Recorded, recorded => recorded.Data.StartsWith($"{dialect}-", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task The_interview_is_held_as_recorded_letter_by_letter_and_its_answers_are_understood(string name)
    {
        (InstrumentDialect dialect, string[] _) = Load(name);
        var transcript = Transcript.Load($"recorded/{name}");
        await using var connection = new ScpiConnection("recorded", _ => Task.FromResult<Stream>(new PeerStream(transcript.Answer)), Patience, TimeProvider.System);
        Interview interview = await Interview.HoldAsync(new Instrument("instrument", dialect, connection), Patience, TimeProvider.System);
        Assert.True(transcript.IsOver);
        Assert.StartsWith(dialect.Identification, interview.Identity, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(dialect.Knows(Operation.Power), interview.PowerWatts is >= 0);
        Assert.Equal(dialect.Knows(Operation.Measure), interview.Readings is { Length: > 1 });
        if (interview.Wavelengths is null) { return; }
        double[] nm = [.. interview.Wavelengths.Select(one => one * dialect.NmPerUnit)];
        Assert.All(nm, one => Assert.InRange(one, 200, 5000)); // where there are spectrometers for light at all: another unit would be a thousand away
    }

    [Theory]
    [InlineData("pnnedge-table")]
    [InlineData("thorlabs-pm100d")]
    [InlineData("yokogawa-aq6374")]
    public async Task Recording_the_simulated_table_again_gives_the_same_transcript(string name)
    {
        await using var table = new TableOnSocket(dialect: name);
        List<string> lines = [];
        await using (var connection = new ScpiConnection(
            "table", async dialling => new RecordingStream(await ScpiConnection.DialAsync(table.Address, dialling), lines.Add), Patience, TimeProvider.System))
        {
            await Interview.HoldAsync(new Instrument("instrument", InstrumentDialect.Load(name), connection), Patience, TimeProvider.System);
        }

        Assert.Equal(Load($"{name}-simulated").Lines, lines);
        Assert.False(table.Table.IsShutterOpen);
    }

    [Fact]
    public async Task Frames_that_a_training_left_in_the_modulator_do_not_stop_an_interview()
    {
        SimulatedTable table = TableOnSocket.NewTable();
        table.LoadFrames(new byte[49 * TableOnSocket.Rig.Encoder().FrameBytes]);
        var dialect = InstrumentDialect.Load("pnnedge-table");
        var peer = new TableSession(TableOnSocket.NewCommands(table));
        await using var connection = new ScpiConnection("table", _ => Task.FromResult<Stream>(new PeerStream(sent => peer.Receive(sent))), Patience, TimeProvider.System);
        Interview interview = await Interview.HoldAsync(new Instrument("instrument", dialect, connection), Patience, TimeProvider.System);
        Assert.Equal(64, interview.Readings!.Length);
    }

    [Fact]
    public async Task An_instrument_with_more_readings_than_wavelengths_is_told_so()
    {
        var dialect = InstrumentDialect.Load("yokogawa-aq6374");
        var peer = new TableSession(TableOnSocket.NewCommands(TableOnSocket.NewTable(), dialect.Name));
        await using var connection = new ScpiConnection("table", _ => Task.FromResult<Stream>(new PeerStream(sent => ShortOfOne(peer.Receive(sent), sent))), Patience, TimeProvider.System);
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => Interview.HoldAsync(new Instrument("instrument", dialect, connection), Patience, TimeProvider.System));
        Assert.Equal("'YOKOGAWA,AQ6374,simulated-7,0.1' gave 63 wavelengths and 64 readings, where dialect yokogawa-aq6374 expects one of each for every pixel.", told.Message);
    }

    private static byte[] ShortOfOne(byte[] answer, byte[] sent) => sent.AsSpan().StartsWith("TRAC:X?"u8) ? answer[(Array.IndexOf(answer, (byte)',') + 1)..] : answer;

    private static (InstrumentDialect Dialect, string[] Lines) Load(string name)
    {
        string[] all = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Transcripts", "recorded", $"{name}.txt"));
        string dialect = all.Single(line => line.StartsWith(DialectMark, StringComparison.Ordinal))[DialectMark.Length..];
        return (InstrumentDialect.Load(dialect), [.. all.Where(line => line[0] != '#')]);
    }
}
