using System.CommandLine;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host, Interrupts interrupts)
    {
        var root = new RootCommand("Train physical neural networks: forward through the physics, backward through a digital twin.");
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Quiet);
        root.Options.Add(CommonOptions.Debug);
        root.Subcommands.Add(TrainCommand.Build(host));
        root.Subcommands.Add(ReproduceCommand.Build(host));
        root.Subcommands.Add(CompareCommand.Build(host));
        root.Subcommands.Add(DriftCommand.Build(host));
        root.Subcommands.Add(TransferCommand.Build(host));
        root.Subcommands.Add(Group("twin", "Fit or probe a bench's digital twin.", TwinFitCommand.Build(host), TwinSearchCommand.Build(host), TwinReportCommand.Build(host)));
        root.Subcommands.Add(CalibrateCommand.Build(host));
        root.Subcommands.Add(DoctorCommand.Build(host));
        root.Subcommands.Add(ExportCommand.Build(host));
        root.Subcommands.Add(ImportCommand.Build(host));
        root.Subcommands.Add(DeployCommand.Build(host));
        root.Subcommands.Add(InferCommand.Build(host));
        root.Subcommands.Add(Group(
            "device", "Run, list or question devices.", DeviceRunCommand.Build(host, interrupts), DeviceListCommand.Build(host), DeviceIdentifyCommand.Build(host), DeviceResetCommand.Build(host),
            DeviceMonitorCommand.Build(host, interrupts), DeviceLogsCommand.Build(host, interrupts), DeviceProvisionCommand.Build(host), DevicePackCommand.Build(host), DeviceUpdateCommand.Build(host)));
        root.Subcommands.Add(Group("optics", "Speak to an optical rig's instruments.", OpticsRecordCommand.Build(host)));
        root.Subcommands.Add(Group("sim", "Run simulated instruments.", SimOpticsCommand.Build(host, interrupts)));
        root.Subcommands.Add(FlashCommand.Build(host));
        root.Subcommands.Add(BrokerCommand.Build(host, interrupts));
        root.Subcommands.Add(DataCommand.Build(host));
        root.SetAction(_ => root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = host.Out, Error = host.Error }));
        return root;
    }

    private static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (Command command in commands) { group.Subcommands.Add(command); }
        return group;
    }
}
