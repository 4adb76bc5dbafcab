using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Devices;
using PnnEdge.Wire.Messages;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device identify</c>: a device's own hello: its board, its channels and their limits, and what holds it in fault.</summary>
internal static class DeviceIdentifyCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("identify", "Ask a device who it is: board, channels, limits, rates, and its fault if it has one.");
        var options = new DeviceDeskOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using DeviceDesk desk = await options.OpenAsync(parsed, host, cancellation);
            DeviceGreeting who = await desk.IdentifyAsync(DeviceDeskOptions.Limit, cancellation);
            if (parsed.GetValue(CommonOptions.Json)) { await host.Out.WriteLineAsync(JsonText.Line(Describe(who))); }
            else { Write(Consoles.On(host.Out, host.OutIsTerminal), who); }
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, DeviceGreeting who)
    {
        BirthCertificate hello = who.Hello;
        console.WriteLine($"{hello.Board}#{hello.UnitSerial} ({(hello.Simulated ? "simulated" : "real")}), firmware {hello.FirmwareVersion} ({BootWords.Of(hello.Boot)}), {hello.State.ToString().ToLowerInvariant()}, epoch {hello.Epoch}, boot {who.BootId:x8}");
        if (who.Fault is { } fault) { console.WriteLine($"fault: {fault.Text} ({fault.Code})"); }
        console.WriteLine(FormattableString.Invariant(
            $"frames of at most {hello.MaxFrameBytes:N0} bytes, {hello.Window} in flight; a lease lasts at most {hello.MaxLeaseMillis:N0} ms, a transfer {hello.LongestTransferMillis:N0} ms; sample times jitter by {hello.RateJitterNanos:N0} ns"));
        if (hello.LagSamples > 0) { console.WriteLine($"what it measures stands up to {hello.LagSamples} samples late, by another amount in every block"); }
        Table table = new Table { Border = TableBorder.Rounded };
        foreach (string column in (string[])["channel", "role", "at", "count", "bits", "range / V", "limits / V", "step / V", "safe / V", "rate / Hz"]) { table.AddColumn(column); }
        foreach (ChannelRecord channel in hello.Channels)
        {
            table.AddRow(new[]
            {
                channel.Name, channel.Role.ToString().ToLowerInvariant(), channel.Purpose.ToString().ToLowerInvariant(), $"{channel.Count}", $"{channel.Bits}", Span(channel.MinVolts, channel.MaxVolts),
                channel.Role == ChannelRole.Measurement ? "–" : Span(channel.LimitMinVolts, channel.LimitMaxVolts),
                channel.Role == ChannelRole.Measurement ? "–" : FormattableString.Invariant($"{channel.MaxStepVolts:G4}"),
                channel.Role == ChannelRole.Measurement ? "–" : FormattableString.Invariant($"{channel.SafeVolts:G4}"),
                FormattableString.Invariant($"{channel.MaxRateMilliHertz / 1000.0:N0}"),
            }.Select(text => new Text(text)));
        }

        console.Write(table);
    }

    private static string Span(float min, float max) => FormattableString.Invariant($"{min:G4} to {max:G4}");

    private static IdentityJson Describe(DeviceGreeting who) => new(
        who.Hello.Board, who.Hello.UnitSerial, who.Hello.FirmwareVersion, BootWords.Of(who.Hello.Boot), who.Hello.Simulated, who.Hello.State.ToString().ToLowerInvariant(), who.Hello.Epoch, $"{who.BootId:x8}",
        who.Hello.MaxFrameBytes, who.Hello.Window, who.Hello.MaxLeaseMillis, who.Hello.LongestTransferMillis, who.Hello.RateJitterNanos, who.Hello.LagSamples,
        who.Fault is null ? null : new FaultJson(who.Fault.Code.ToString(), who.Fault.Text),
        [.. who.Hello.Channels.Select(c => new ChannelJson(
            c.Name, c.Role.ToString().ToLowerInvariant(), c.Purpose.ToString().ToLowerInvariant(), c.Count, c.Bits, c.MinVolts, c.MaxVolts, c.LimitMinVolts, c.LimitMaxVolts, c.MaxStepVolts, c.SafeVolts, c.MaxRateMilliHertz / 1000.0))]);

    private sealed record IdentityJson(
        string Board, uint Serial, string Firmware, string Boot, bool Simulated, string State, uint Epoch, string BootId, uint MaxFrameBytes, int Window, uint MaxLeaseMillis,
        uint LongestTransferMillis, uint RateJitterNanos, uint LagSamples, FaultJson? Fault, IReadOnlyList<ChannelJson> Channels);

    private sealed record FaultJson(string Code, string Text);

    private sealed record ChannelJson(
        string Name, string Role, string Purpose, int Count, int Bits, double MinVolts, double MaxVolts, double LimitMinVolts, double LimitMaxVolts, double MaxStepVolts, double SafeVolts,
        double MaxRateHz);
}
