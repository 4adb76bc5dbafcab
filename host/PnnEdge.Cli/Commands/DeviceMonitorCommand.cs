using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Devices;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device monitor</c>: what a device tells people, line by line as it comes, until Ctrl-C.</summary>
internal sealed class DeviceMonitorCommand
{
    private readonly CliHost _host;
    private readonly Interrupts _interrupts;
    private readonly DeviceDeskOptions _desk = new();
    private readonly Option<int?> _for = Values.WholeNumber("--for", 1, 1_000_000, "End after so many seconds (default: with Ctrl-C).");

    private DeviceMonitorCommand(CliHost host, Interrupts interrupts) => (_host, _interrupts) = (host, interrupts);

    public static Command Build(CliHost host, Interrupts interrupts)
    {
        var monitor = new DeviceMonitorCommand(host, interrupts);
        var command = new Command("monitor", "Show a device's state, status, health and inferences as they come.");
        monitor._desk.AddTo(command);
        command.Options.Add(monitor._for);
        command.SetAction(monitor.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(CommonOptions.Json);
        var gate = new Lock();
        void Said(string leaf, string text)
        {
            DateTimeOffset now = _host.Time.GetUtcNow();
            string line = json ? JsonText.Line(new SaidJson(now, leaf, Content(text))) : $"{now.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {leaf,-9}  {text}";
            lock (gate) { _host.Out.WriteLine(line); }
        }

        await using DeviceWatch watch = DeviceWatch.Open(
            _desk.Broker(parsed), await _desk.FindAsync(parsed, _host, cancellation), DeviceWatch.Health, _host.Time, new Random((int)(_host.Draw() >> 1)), Said);
        try
        {
            await Task.Delay(parsed.GetValue(_for) is int seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, _host.Time, cancellation);
        }
        catch (OperationCanceledException) when (_interrupts.ExitCode == Interrupts.ExitCodeOfTermination)
        {
            // A watch that is asked to end has done its work.
        }

        return ExitCode.Done;
    }

    // A device's texts are JSON but for $state, which is one word; whatever else comes is shown as text.
    private static JsonElement Content(string text)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(text);
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private sealed record SaidJson(DateTimeOffset TimeUtc, string Leaf, JsonElement Content);
}
