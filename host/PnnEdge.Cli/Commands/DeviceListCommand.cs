using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device list</c>: every device that a broker knows, from what it left there.</summary>
internal static class DeviceListCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("list", "List the devices that a broker knows.");
        Option<BrokerAddress?> brokerOption = Values.Broker($"The broker (default {BrokerDefaults.Address}).");
        command.Options.Add(brokerOption);
        command.SetAction(async (parsed, cancellation) =>
        {
            BrokerAddress broker = parsed.GetValue(brokerOption) ?? BrokerDefaults.Address;
            IReadOnlyList<DeviceEntry> devices = await DeviceFinder.ListAsync(broker, host, cancellation);
            if (parsed.GetValue(CommonOptions.Json))
            {
                await host.Out.WriteLineAsync(JsonText.Line(new ListJson(broker.ToString(), [.. devices.Select(Describe)])));
            }
            else if (devices.Count == 0)
            {
                await host.Out.WriteLineAsync($"No device has ever been at {broker}; 'pnn device run --broker {broker}' starts a virtual one.");
            }
            else
            {
                Consoles.On(host.Out, host.OutIsTerminal).Write(TableOf(devices));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Table TableOf(IReadOnlyList<DeviceEntry> devices)
    {
        Table table = new Table { Border = TableBorder.Rounded };
        foreach (string column in new[] { "device", "state", "doing", "board", "unit", "firmware", "kind" }) { table.AddColumn(column); }
        foreach (DeviceEntry device in devices)
        {
            table.AddRow(
                new Text(device.Address.ToString()), new Text(device.State), new Text(WorkOf(device) ?? "–"), new Text(device.Board), new Text($"{device.Serial}"),
                new Text(device.Firmware), new Text(device.Simulated ? "simulated" : "real"));
        }

        return table;
    }

    // What a device that is gone was last doing stays at the broker; it says nothing about now.
    private static string? WorkOf(DeviceEntry device) => device.IsReady && device.Work.Length > 0 ? device.Work : null;

    private static DeviceJson Describe(DeviceEntry device) => new(
        device.Address.Site, device.Address.Device, device.State, WorkOf(device), device.Board, device.Serial, device.Firmware, device.Simulated, device.Epoch);

    private sealed record ListJson(string Broker, IReadOnlyList<DeviceJson> Devices);

    private sealed record DeviceJson(
        string Site, string Device, string State, string? Work, string Board, uint Serial, string Firmware, bool Simulated, uint Epoch);
}
