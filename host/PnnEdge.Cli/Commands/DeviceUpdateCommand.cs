using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device update</c>: a firmware package onto a device, and what becomes of it there.</summary>
internal sealed class DeviceUpdateCommand
{
    /// <summary>A start, half a minute of proving itself, and two starts more where the first ones fail at once.</summary>
    private const int PatienceSeconds = 180;

    private readonly CliHost _host;
    private readonly DeviceDeskOptions _desk = new();
    private readonly Argument<string> _package = new("package") { Description = "A file of 'pnn device pack'." };
    private readonly Option<int?> _wait = Values.WholeNumber("--wait", 1, 86_400, $"How long to put up with silence, and then wait for its confirmation, s (default {PatienceSeconds}).");
    private readonly Option<bool> _newEdition = new("--new-edition") { Description = "Send firmware of another edition of the wire, too; this host cannot see whether it confirms itself." };

    private DeviceUpdateCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var update = new DeviceUpdateCommand(host);
        var command = new Command("update", "Give a device new firmware, and see it confirm itself or fall back.");
        command.Arguments.Add(update._package);
        command.Options.Add(update._wait);
        command.Options.Add(update._newEdition);
        update._desk.AddTo(command);
        command.SetAction(update.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        FirmwarePackage package = Read(_host.FullPath(parsed.GetRequiredValue(_package)));
        TimeSpan patience = TimeSpan.FromSeconds(parsed.GetValue(_wait) ?? PatienceSeconds);
        await using DeviceDesk desk = await _desk.OpenAsync(parsed, _host, cancellation);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        UpdateResult? result = null;
        await view.ShowAsync(async () => result = await new UpdateDesk(desk, DeviceDeskOptions.Limit, _host.Time).UpdateAsync(
            package, patience, parsed.GetValue(_newEdition),
            held => view.Report(new StageProgress(null, "sending", held, package.Bytes.Length, string.Empty, double.NaN)),
            boot => view.Report(new StageProgress(null, $"device runs {BootWords.Of(boot)}", 0, 1, string.Empty, double.NaN)), cancellation));
        string device = desk.Device.ToString();
        var told = new UpdateJson(device, package.Board, result!.From, package.Version, result.Runs, BootWords.Of(result.Boot), result.IsConfirmed, package.Bytes.Length, result.Frames);
        Shown.Line(_host, parsed, told, Sentence(told, result, patience));
        return result.IsConfirmed || result.Runs.Length == 0 && parsed.GetValue(_newEdition) ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Sentence(UpdateJson told, UpdateResult result, TimeSpan patience) => result switch
    {
        { IsConfirmed: true } => FormattableString.Invariant(
            $"Device {told.Device} runs firmware {Name(told)}, which has confirmed itself ({told.Boot}; before: {told.From}); {told.Bytes:N0} bytes in {told.Frames} pieces."),
        { Runs.Length: 0 } => $"Device {told.Device} took firmware {told.Package} and restarts; whether it confirms itself was not seen.",
        { Boot: BootState.TrialA or BootState.TrialB } => FormattableString.Invariant(
            $"Device {told.Device} runs firmware {Name(told)} on trial; it did not confirm itself within {patience.TotalSeconds:0} s, and is given up after three such starts."),
        _ => $"Device {told.Device} gave firmware {told.Package} up and runs {told.Runs} ({told.Boot}).",
    };

    /// <summary>The version that a package is given and the one that its firmware says are two texts, by two hands.</summary>
    private static string Name(UpdateJson told) => told.Runs == told.Package ? told.Package : $"{told.Package} (it calls itself {told.Runs})";

    private static FirmwarePackage Read(string path)
    {
        try
        {
            return FirmwarePackage.Read(File.ReadAllBytes(path));
        }
        catch (ArgumentException e)
        {
            throw new UserException($"{path} cannot be sent: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The package {path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private sealed record UpdateJson(string Device, string Board, string From, string Package, string Runs, string Boot, bool Confirmed, int Bytes, int Frames);
}
