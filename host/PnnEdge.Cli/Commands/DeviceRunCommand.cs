using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Data;
using PnnEdge.Cli.Results;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Inputs;
using PnnEdge.Wire.Host;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device run</c>: a virtual device as its own process, until it is told to end.</summary>
internal sealed class DeviceRunCommand
{
    /// <summary>Given by a process that starts this one and holds its standard input.</summary>
    public const string WithParentOption = "--with-parent";

    private static readonly TimeSpan ForTheBroker = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly CliHost _host;
    private readonly Interrupts _interrupts;
    private readonly Option<BrokerAddress?> _broker = Values.Broker($"The broker (default {BrokerDefaults.Address}).");
    private readonly Option<string?> _site = Values.TopicName("--site", $"First part of the device's address (default {BenchOpener.OwnSite}).");
    private readonly Option<string?> _device = Values.TopicName("--device", "Second part of the device's address (default system-serial).");
    private readonly Option<string?> _system = Values.Choice("--system", Benches.Names, "Its physics");
    private readonly Option<bool> _realTime = new("--realtime") { Description = "Take the time that real converters would." };
    private readonly Option<string?> _storage = Values.Path("--storage", "folder", "What survives its restarts (default: in the user's cache folder).");
    private readonly Option<string?> _key = Values.Path("--key-file", "file", "Its key, which 'pnn deploy' needs too; drawn and written there when there is no such file.");
    private readonly Option<string?> _input = Values.Path("--local-input", "file.csv", "What its own input sees, one sample a line, for programs that run on a timer.");
    private readonly Option<bool> _withParent = new(WithParentOption) { Hidden = true };
    private readonly VirtualOptions _unit = new();

    private DeviceRunCommand(CliHost host, Interrupts interrupts) => (_host, _interrupts) = (host, interrupts);

    public static Command Build(CliHost host, Interrupts interrupts)
    {
        var run = new DeviceRunCommand(host, interrupts);
        var command = new Command("run", "Run a virtual device: the firmware's own code on simulated converters and physics.");
        foreach (Option option in new Option[] { run._broker, run._site, run._device, run._system, run._realTime, run._storage, run._key, run._input, run._withParent }) { command.Options.Add(option); }
        run._unit.AddTo(command);
        command.SetAction(run.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        BenchRequest request = _unit.Read(parsed, parsed.GetValue(_system) ?? Benches.Circuit);
        BenchParts parts = Benches.Build(request);
        var address = new DeviceAddress(parsed.GetValue(_site) ?? BenchOpener.OwnSite, parsed.GetValue(_device) ?? $"{request.System}-{request.Serial}");
        bool hasParent = parsed.GetValue(_withParent);
        if (hasParent) { _interrupts.IgnoreInterrupt(); }
        BrokerAddress broker = hasParent ? await ParentWatch.ReadBrokerAsync(_host.Input, cancellation) : parsed.GetValue(_broker) ?? BrokerDefaults.Address;

        FolderStorage storage = Storage(parsed, address);
        Provision(parsed, storage);
        RecordedInput? input = parsed.GetValue(_input) is string samples ? new RecordedInput(SampleFile.Read(_host.FullPath(samples), labelled: false).Samples) : null;
        await using var link = new MqttMessageLink(broker, address.Site, address.Device, _host.Time, new Random((int)(_host.Draw() >> 1)), parts.Board.MaxFrameBytes);
        using var device = new SimulatedDevice(
            parts.Board, parts.Physics, parts.SampleRateHz, link, storage, _host.Time,
            parsed.GetValue(_realTime) ? Pacing.RealTime : Pacing.AsFastAsPossible, parts.Faults, _host.Draw(), input, unit: parts.Converters);

        // Outputs are safe and the loop runs before anybody can speak to it.
        device.Start();
        link.Start();
        await ConnectedAsync(link, broker, cancellation);
        await SayReadyAsync(parsed, request, address, broker);
        await UntilToldAsync(parsed, hasParent, cancellation);
        return ExitCode.Done;
    }

    private void Provision(ParseResult parsed, FolderStorage storage)
    {
        if (parsed.GetValue(_key) is string file && !DeviceKey.Provision(storage, new HostCrc32(), KeyFile.ReadOrDraw(_host.FullPath(file))))
        {
            throw new UserException("The device's key cannot be written to its storage folder.");
        }
    }

    private FolderStorage Storage(ParseResult parsed, DeviceAddress address)
    {
        string folder = parsed.GetValue(_storage) is string asked
            ? _host.FullPath(asked)
            : Path.Combine(_host.CacheFolder, "devices", $"{address.Site}-{address.Device}");
        try
        {
            return new FolderStorage(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The storage folder {folder} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private async Task ConnectedAsync(MqttMessageLink link, BrokerAddress broker, CancellationToken cancellation)
    {
        long start = _host.Time.GetTimestamp();
        while (!link.IsConnected())
        {
            if (_host.Time.GetElapsedTime(start) > ForTheBroker)
            {
                throw new UserException($"There is no broker at {broker} ({link.Failure}); start one with 'pnn broker', or give another address with --broker.");
            }

            await Task.Delay(BetweenLooks, _host.Time, cancellation);
        }
    }

    private async Task SayReadyAsync(ParseResult parsed, BenchRequest request, DeviceAddress address, BrokerAddress broker)
    {
        await _host.Out.WriteLineAsync(parsed.GetValue(CommonOptions.Json)
            ? JsonText.Line(new ReadyJson(address.Site, address.Device, request.System, request.Serial, broker.ToString()))
            : $"Device {address} ({request.System}, unit {request.Serial}, simulated) is ready at {broker}; Ctrl-C ends it.");
        await _host.Out.FlushAsync(CancellationToken.None);
    }

    private async Task UntilToldAsync(ParseResult parsed, bool hasParent, CancellationToken cancellation)
    {
        try
        {
            if (hasParent)
            {
                await ParentWatch.EndedAsync(_host.Input, cancellation);
                ForgetStorage(parsed);
            }
            else
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _host.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (_interrupts.ExitCode == Interrupts.ExitCodeOfTermination)
        {
            // A service that is asked to end has done its work.
        }
    }

    // A process that was killed cannot remove what it lent this one.
    private void ForgetStorage(ParseResult parsed)
    {
        if (parsed.GetValue(_storage) is string lent && Directory.Exists(_host.FullPath(lent))) { Directory.Delete(_host.FullPath(lent), recursive: true); }
    }

    private sealed record ReadyJson(string Site, string Device, string System, uint Serial, string Broker);
}
