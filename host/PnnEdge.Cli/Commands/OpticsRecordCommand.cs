using System.CommandLine;
using System.Globalization;
using PnnEdge.Cli.Composition;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Scpi;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn optics record</c>: what an instrument and a rig say to each other, into a transcript that the tests hold again.</summary>
internal sealed class OpticsRecordCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CliHost _host;
    private readonly Argument<ScpiAddress> _address = new("instrument")
    {
        Description = $"Where it listens, as {ScpiAddress.Scheme}://host:port.",
        CustomParser = result =>
        {
            if (!ScpiAddress.TryParse(result.Tokens[0].Value, out ScpiAddress? address, out string refusal)) { result.AddError(refusal); }
            return address!;
        },
    };

    private readonly Option<string> _dialect = new("--dialect")
    {
        Description = $"What it speaks: a dialect's file, or its name: {string.Join(", ", InstrumentDialect.Names)}.",
        HelpName = "file",
        Required = true,
    };

    private readonly Option<string?> _note = new("--note") { Description = "A line for the transcript's head: where the instrument stands, what was before it.", HelpName = "words" };
    private readonly Option<string?> _out = Values.Path("--out", "file", "Where to (default: the dialect's name, .txt).");

    private OpticsRecordCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var record = new OpticsRecordCommand(host);
        var command = new Command("record", "Ask one instrument all that a rig asks of it, a shutter kept closed, and keep every message as a transcript.");
        command.Arguments.Add(record._address);
        foreach (Option option in new Option[] { record._dialect, record._note, record._out }) { command.Options.Add(option); }
        command.SetAction(record.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        InstrumentDialect dialect = OpticalOptions.Dialect(parsed.GetRequiredValue(_dialect));
        ScpiAddress address = parsed.GetRequiredValue(_address);
        string path = WritableFile.Require(_host.FullPath(parsed.GetValue(_out) ?? $"{dialect.Name}.txt"));
        List<string> lines = [];
        string end = "it was interrupted";
        try
        {
            Interview interview = await HoldAsync(address, dialect, lines.Add, cancellation);
            end = "all was understood";
            var told = new RecordJson(path, dialect.Name, interview.Identity, lines.Count, interview.Wavelengths?.Length, interview.Readings?.Length, interview.PowerWatts);
            Shown.Line(_host, parsed, told, $"{path} holds {told.Lines} lines said with '{told.Identity}': {Understood(interview)}.");
            return ExitCode.Done;
        }
        catch (Exception e) when (e is PhysicalSystemException or InstrumentLostException)
        {
            cancellation.ThrowIfCancellationRequested(); // which closed the connection
            end = e.Message.TrimEnd('.');
            throw new PhysicalSystemException($"{end}; what was said until then is in {path}.", e);
        }
        finally
        {
            string date = _host.Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            string?[] head = [$"# Recorded with 'pnn optics record' on {date}; {end}.", $"# dialect: {dialect.Name}", parsed.GetValue(_note) is string note ? $"# {note.ReplaceLineEndings(" ")}" : null];
            await File.WriteAllLinesAsync(path, head.OfType<string>().Concat(lines), CancellationToken.None);
        }
    }

    private async Task<Interview> HoldAsync(ScpiAddress address, InstrumentDialect dialect, Action<string> line, CancellationToken cancellation)
    {
        async Task<Stream> DialAsync(CancellationToken patience)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellation);
            return new RecordingStream(await ScpiConnection.DialAsync(address, either.Token), line);
        }

        await using var connection = new ScpiConnection(address.ToString(), DialAsync, Patience, _host.Time);
        await using CancellationTokenRegistration interrupted = cancellation.Register(() => _ = connection.CloseAsync());
        return await Interview.HoldAsync(new Instrument("instrument", dialect, connection), Patience, _host.Time);
    }

    private static string Understood(Interview interview) => string.Join(", ", new[]
    {
        interview.Wavelengths is { } wavelengths ? $"{wavelengths.Length} wavelengths" : null,
        interview.Readings is { } readings ? $"{readings.Length} readings" : null,
        interview.PowerWatts is double watts ? FormattableString.Invariant($"{watts * 1e3:0.###} mW") : null,
    }.OfType<string>().DefaultIfEmpty("nothing is measured in this dialect"));

    private sealed record RecordJson(string Path, string Dialect, string Identity, int Lines, int? Wavelengths, int? Readings, double? PowerWatts);
}
