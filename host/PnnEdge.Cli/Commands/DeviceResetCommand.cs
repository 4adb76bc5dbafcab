using System.CommandLine;
using System.Text;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Devices;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device reset</c>: takes a device out of a latched fault, once somebody has seen to its cause.</summary>
internal static class DeviceResetCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("reset", "Clear a device's latched fault, with the reason in words; it stays in fault while the cause stands.");
        var options = new DeviceDeskOptions();
        var reason = new Option<string?>("--reason") { Description = "What was done about it; the device is told.", HelpName = "words", Required = true };
        options.AddTo(command);
        command.Options.Add(reason);
        command.SetAction(async (parsed, cancellation) =>
        {
            string words = parsed.GetValue(reason) ?? string.Empty;
            int bytes = Encoding.UTF8.GetByteCount(words);
            if (string.IsNullOrWhiteSpace(words) || bytes > CommandFrame.MaxTextBytes)
            {
                throw new UserException($"Asked for a reason of {bytes} bytes; possible are 1 to {CommandFrame.MaxTextBytes}.", isUsage: true);
            }

            await using DeviceDesk desk = await options.OpenAsync(parsed, host, cancellation);
            await desk.ClearFaultAsync(words, DeviceDeskOptions.Limit, cancellation);
            string state = (await desk.IdentifyAsync(DeviceDeskOptions.Limit, cancellation)).Hello.State.ToString().ToLowerInvariant();
            await host.Out.WriteLineAsync(parsed.GetValue(CommonOptions.Json) ? JsonText.Line(new ResetJson(state)) : $"The fault is cleared; the device is {state}.");
            return ExitCode.Done;
        });
        return command;
    }

    private sealed record ResetJson(string State);
}
