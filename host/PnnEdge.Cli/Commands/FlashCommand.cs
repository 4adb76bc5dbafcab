using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn flash</c>: the interpreter, then the firmware, onto a board, by the official flasher.</summary>
internal sealed class FlashCommand
{
    // Right for a DevKitC with a WROVER module; a WROOM module has no PSRAM.
    private const string DefaultTarget = "ESP32_PSRAM_REV3";

    private readonly CliHost _host;
    private readonly Option<string?> _port = new("--port") { Description = "The board's serial port, such as /dev/ttyUSB0 or COM5.", HelpName = "port" };
    private readonly Option<string?> _target = new("--target")
    {
        Description = $"The interpreter's image (default {DefaultTarget}; ESP32_REV3 for a module without PSRAM; 'nanoff --listtargets --platform esp32' lists all).",
        HelpName = "name",
    };

    private readonly Option<string?> _image = Values.Path("--image", "file", "The firmware's deployment image (.bin) to put on the board; without it only the interpreter is updated.");
    private readonly Option<bool> _keep = new("--keep-interpreter") { Description = "Leave the interpreter as it is and put only the firmware on the board." };
    private readonly Option<bool> _erase = new("--erase") { Description = "Erase the whole flash first: stored network, keys and deployed networks are lost." };
    private readonly Option<bool> _print = new("--print") { Description = "Say the commands and run none." };
    private readonly Option<string?> _web = Values.Path("--web", "folder", "Touch no board: write a folder that ESP Web Tools installs from, in a browser.");
    private readonly Option<int?> _flashSize = Values.WholeNumber("--flash-size", 2, 16, "With --web: the module's flash, MB (default 4; 2, 4, 8 or 16).");
    private readonly Option<string?> _nanoff = Values.Path($"--{Flasher.Program}", "file", $"The flasher (default {Flasher.Program} on the path).");

    private FlashCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var flash = new FlashCommand(host);
        var command = new Command("flash", "Put the nanoFramework interpreter and the firmware onto a board.");
        foreach (Option option in new Option[] { flash._port, flash._target, flash._image, flash._keep, flash._erase, flash._print, flash._web, flash._flashSize, flash._nanoff }) { command.Options.Add(option); }
        command.SetAction(flash.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var flasher = new Flasher(parsed.GetValue(_nanoff) is string program ? _host.FullPath(program) : Flasher.Program, _host);
        if (parsed.GetValue(_web) is string web) { return await WebAsync(parsed, _host.FullPath(web), flasher, cancellation); }
        IReadOnlyList<IReadOnlyList<string>> steps = Steps(parsed);
        string[] lines = [.. steps.Select(flasher.Line)];
        bool runs = !parsed.GetValue(_print);
        foreach ((int i, IReadOnlyList<string> step) in steps.Index())
        {
            if (!runs)
            {
                if (!parsed.GetValue(CommonOptions.Json)) { await _host.Out.WriteLineAsync(lines[i]); }
                continue;
            }

            await _host.Error.WriteLineAsync(lines[i]);
            await flasher.RunAsync(step, cancellation);
        }

        if (parsed.GetValue(CommonOptions.Json)) { await _host.Out.WriteLineAsync(JsonText.Line(new FlashJson(lines, runs))); }
        return ExitCode.Done;
    }

    private async Task<int> WebAsync(ParseResult parsed, string folder, Flasher flasher, CancellationToken cancellation)
    {
        string? beside = new Option[] { _port, _keep, _erase, _print }.FirstOrDefault(parsed.IsGiven)?.Name;
        if (beside is not null) { throw new UserException($"{beside} is for a board, and --web touches none; leave it out.", isUsage: true); }
        string target = Target(parsed);
        int megabytes = parsed.GetValue(_flashSize) ?? 4;
        if (megabytes is not (2 or 4 or 8 or 16)) { throw new UserException($"Asked for --flash-size {megabytes}; possible are 2, 4, 8 and 16 MB.", isUsage: true); }
        IReadOnlyList<string> files = await new WebInstaller(flasher).WriteAsync(folder, target, Image(parsed), megabytes, cancellation);
        await _host.Out.WriteLineAsync(parsed.GetValue(CommonOptions.Json) ? JsonText.Line(new WebJson(folder, files)) : $"{folder}: {string.Join(", ", files)}");
        return ExitCode.Done;
    }

    private string Target(ParseResult parsed)
    {
        string target = parsed.GetValue(_target) ?? DefaultTarget;
        return WebInstaller.IsOurs(target) ? target : throw new UserException($"Asked for target {target}; the firmware's boards have an ESP32, such as {DefaultTarget}.", isUsage: true);
    }

    private string? Image(ParseResult parsed)
    {
        if (parsed.GetValue(_image) is not string asked) { return null; }
        string image = _host.FullPath(asked);
        return File.Exists(image) ? image : throw new UserException($"There is no firmware image {image}; firmware/README.md says how one is built.");
    }

    private List<IReadOnlyList<string>> Steps(ParseResult parsed)
    {
        string port = parsed.GetValue(_port) is { Length: > 0 } given ? given : throw new UserException("Which board? Give its serial port with --port, or a folder with --web.", isUsage: true);
        if (parsed.IsGiven(_flashSize)) { throw new UserException("--flash-size is for --web; a board tells its own.", isUsage: true); }
        string target = Target(parsed);
        string? image = Image(parsed);
        bool keep = parsed.GetValue(_keep), erase = parsed.GetValue(_erase);
        if (keep && image is null) { throw new UserException("With --keep-interpreter and no --image there is nothing to put on the board.", isUsage: true); }
        if (keep && erase) { throw new UserException("--erase takes the interpreter, too; leave out --keep-interpreter.", isUsage: true); }
        List<IReadOnlyList<string>> steps = [];
        if (!keep) { steps.Add(["--update", "--target", target, "--serialport", port, .. erase ? (string[])["--masserase"] : []]); }
        if (image is not null) { steps.Add(["--target", target, "--serialport", port, "--deploy", "--image", image]); }
        return steps;
    }

    private sealed record WebJson(string Folder, IReadOnlyList<string> Files);

    private sealed record FlashJson(IReadOnlyList<string> Commands, bool Ran);
}
