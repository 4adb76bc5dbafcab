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
    private readonly Option<string?> _port = new("--port") { Description = "The board's serial port, such as /dev/ttyUSB0 or COM5.", HelpName = "port", Required = true };
    private readonly Option<string?> _target = new("--target")
    {
        Description = $"The interpreter's image (default {DefaultTarget}; ESP32_REV3 for a module without PSRAM; 'nanoff --listtargets --platform esp32' lists all).",
        HelpName = "name",
    };

    private readonly Option<string?> _image = Values.Path("--image", "file", "The firmware's deployment image (.bin) to put on the board; without it only the interpreter is updated.");
    private readonly Option<bool> _keep = new("--keep-interpreter") { Description = "Leave the interpreter as it is and put only the firmware on the board." };
    private readonly Option<bool> _erase = new("--erase") { Description = "Erase the whole flash first: stored network, keys and deployed networks are lost." };
    private readonly Option<bool> _print = new("--print") { Description = "Say the commands and run none." };
    private readonly Option<string?> _nanoff = Values.Path($"--{Flasher.Program}", "file", $"The flasher (default {Flasher.Program} on the path).");

    private FlashCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var flash = new FlashCommand(host);
        var command = new Command("flash", "Put the nanoFramework interpreter and the firmware onto a board.");
        foreach (Option option in new Option[] { flash._port, flash._target, flash._image, flash._keep, flash._erase, flash._print, flash._nanoff }) { command.Options.Add(option); }
        command.SetAction(flash.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<string>> steps = Steps(parsed);
        var flasher = new Flasher(parsed.GetValue(_nanoff) is string program ? _host.FullPath(program) : Flasher.Program, _host);
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

    private List<IReadOnlyList<string>> Steps(ParseResult parsed)
    {
        string port = parsed.GetValue(_port)!, target = parsed.GetValue(_target) ?? DefaultTarget;
        string? image = parsed.GetValue(_image) is string asked ? _host.FullPath(asked) : null;
        bool keep = parsed.GetValue(_keep), erase = parsed.GetValue(_erase);
        if (image is not null && !File.Exists(image)) { throw new UserException($"There is no firmware image {image}; firmware/README.md says how one is built."); }
        if (keep && image is null) { throw new UserException("With --keep-interpreter and no --image there is nothing to put on the board.", isUsage: true); }
        if (keep && erase) { throw new UserException("--erase takes the interpreter, too; leave out --keep-interpreter.", isUsage: true); }
        List<IReadOnlyList<string>> steps = [];
        if (!keep) { steps.Add(["--update", "--target", target, "--serialport", port, .. erase ? (string[])["--masserase"] : []]); }
        if (image is not null) { steps.Add(["--target", target, "--serialport", port, "--deploy", "--image", image]); }
        return steps;
    }

    private sealed record FlashJson(IReadOnlyList<string> Commands, bool Ran);
}
