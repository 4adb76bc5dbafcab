using System.ComponentModel;
using System.Diagnostics;
using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Composition;

/// <summary>nanoff, the official .NET nanoFramework flasher, as a process; what it says goes to the user as it comes.</summary>
/// <remarks>Options as in nanoFirmwareFlasher's README and Options.cs, July 2026.</remarks>
/// <param name="program">Its name on the path, or where it lies.</param>
internal sealed class Flasher(string program, CliHost host)
{
    public const string Program = "nanoff";

    /// <summary>A file that it cannot put on a board is told, and its exit code is 0 all the same (FileDeploymentManager.cs).</summary>
    private const string FailedFile = " deploying content file ";

    private volatile string? _failed;

    /// <summary>The command as a shell takes it.</summary>
    public string Line(IReadOnlyList<string> arguments) => string.Join(' ', arguments.Prepend(program).Select(word => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word));

    /// <exception cref="UserException">It is not there, or it failed.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Start(start);
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (_failed is string failed) { throw new UserException($"{Program} says '{failed.Trim()}': not everything is on the board."); }

        if (process.ExitCode != 0)
        {
            throw new UserException($"'{Line(arguments)}' ended with exit code {process.ExitCode}; what it said stands above, and firmware/README.md says what to do when a board does not answer.");
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new UserException($"{program} could not be started.");
        }
        catch (Win32Exception missing)
        {
            throw new UserException(Path.Exists(program)
                ? $"{program} is no program that can be started; --{Program} says where the flasher lies."
                : $"{program} is not there; 'dotnet tool install -g {Program}' installs it, or --{Program} says where it lies.", missing);
        }
    }

    private void Say(string? line)
    {
        if (line is null) { return; }
        if (line.Contains(FailedFile, StringComparison.Ordinal)) { _failed ??= line; }
        host.Error.WriteLine(line);
    }
}
