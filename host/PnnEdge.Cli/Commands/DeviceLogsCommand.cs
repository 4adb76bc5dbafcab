using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Devices;
using PnnEdge.Wire;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device logs</c>: a device's own last lines, as it left them at the broker; with <c>--follow</c> those that come, too.</summary>
internal sealed class DeviceLogsCommand
{
    private static readonly TimeSpan ForRetained = TimeSpan.FromSeconds(2);

    private readonly CliHost _host;
    private readonly Interrupts _interrupts;
    private readonly DeviceDeskOptions _desk = new();
    private readonly Option<bool> _follow = new("--follow") { Description = "Go on until Ctrl-C." };

    private DeviceLogsCommand(CliHost host, Interrupts interrupts) => (_host, _interrupts) = (host, interrupts);

    public static Command Build(CliHost host, Interrupts interrupts)
    {
        var logs = new DeviceLogsCommand(host, interrupts);
        var command = new Command("logs", "Show a device's own last lines: boots, connections, states, faults, refusals.");
        logs._desk.AddTo(command);
        command.Options.Add(logs._follow);
        command.SetAction(logs.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(CommonOptions.Json), follow = parsed.GetValue(_follow);
        var reader = new DeviceLogReader();
        var gate = new Lock();
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Said(string leaf, string text)
        {
            lock (gate)
            {
                foreach (DeviceLogLine line in reader.Take(text)) { Show(line, json); }
                came.TrySetResult();
            }
        }

        await using DeviceWatch watch = DeviceWatch.Open(
            _desk.Broker(parsed), await _desk.FindAsync(parsed, _host, cancellation), [Topics.LogLeaf], _host.Time, new Random((int)(_host.Draw() >> 1)), Said);
        try
        {
            if (follow) { await Task.Delay(Timeout.InfiniteTimeSpan, _host.Time, cancellation); }
            await came.Task.WaitAsync(ForRetained, _host.Time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new UserException($"The device has left no lines at the broker within {ForRetained.TotalSeconds:0} s; its firmware may be older than they are.");
        }
        catch (OperationCanceledException) when (_interrupts.ExitCode == Interrupts.ExitCodeOfTermination)
        {
            // A watch that is asked to end has done its work.
        }

        return ExitCode.Done;
    }

    private void Show(DeviceLogLine line, bool json)
    {
        if (json)
        {
            _host.Out.WriteLine(JsonText.Line(line));
            return;
        }

        if (line.Missed > 0) { _host.Out.WriteLine($"({line.Missed} lines missed)"); }
        _host.Out.WriteLine(FormattableString.Invariant($"{line.Millis / 1000.0,12:F3} s  {line.Text}"));
    }
}
