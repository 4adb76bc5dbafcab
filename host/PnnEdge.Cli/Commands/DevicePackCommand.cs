using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Deployment;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device pack</c>: firmware, as the nanoFramework tools leave it, into one file that a device takes for its own.</summary>
internal sealed class DevicePackCommand
{
    private const string Own = "PnnEdge.*.pe";

    /// <summary>What every nanoFramework assembly begins with.</summary>
    private static ReadOnlySpan<byte> Marker => "NFMRK1"u8;

    private readonly CliHost _host;
    private readonly Argument<string[]> _from = new("from") { Description = $"The firmware's .pe files in load order, or a folder with one {Own}.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _board = new("--board") { Description = "The name of the boards it is for, as their hello says it.", HelpName = "name", Required = true };
    private readonly Option<string> _release = new("--release") { Description = "Its version, in words.", HelpName = "version", Required = true };
    private readonly Option<string?> _key = Values.Path("--key-file", "file", "The device's key: 64 hexadecimal digits.");
    private readonly Option<string?> _out = Values.Path("--out", "file", "Where to (default: board-version.pnnf).");

    private DevicePackCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var pack = new DevicePackCommand(host);
        var command = new Command("pack", "Make a firmware package of assemblies, for 'pnn device update'.");
        command.Arguments.Add(pack._from);
        foreach (Option option in new Option[] { pack._board, pack._release, pack._key, pack._out }) { command.Options.Add(option); }
        command.SetAction(pack.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] files = [.. parsed.GetRequiredValue(_from).SelectMany(Files)];
        byte[] key = parsed.GetValue(_key) is string keyFile
            ? KeyFile.Read(_host.FullPath(keyFile))
            : throw new UserException("A package is sealed under the device's own key; give its file with --key-file.", isUsage: true);
        (string board, string release) = (parsed.GetRequiredValue(_board), parsed.GetRequiredValue(_release));
        string path = _host.FullPath(parsed.GetValue(_out) ?? $"{board}-{release}.pnnf");
        FirmwarePackage package = Seal(board, release, [.. files.Select(Assembly)], key);
        Write(path, package.Bytes);
        var told = new PackJson(path, package.Board, package.Version, package.Bytes.Length, [.. files.Select(file => Path.GetFileName(file))], $"{package.ProtocolHash:x8}");
        Shown.Line(_host, parsed, told, FormattableString.Invariant(
            $"{path} holds firmware {told.Version} for boards named {told.Board}: {told.Bytes:N0} bytes, {string.Join(", ", told.Assemblies)}; it speaks edition {told.Edition} of the wire."));
        return ExitCode.Done;
    }

    private string[] Files(string from)
    {
        string path = _host.FullPath(from);
        if (!Directory.Exists(path)) { return [path]; }
        string[] own = [.. Directory.EnumerateFiles(path, Own).Order(StringComparer.Ordinal)];
        return own.Length == 1 ? own : throw new UserException(
            own.Length == 0
                ? $"The folder {path} holds no {Own}; give the folder that the firmware is built into, or its .pe files."
                : $"The folder {path} holds {own.Length} files {Own}; which of them, in load order, only their names can say.",
            isUsage: true);
    }

    private static byte[] Assembly(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith(Marker) ? bytes : throw new UserException($"{path} is no nanoFramework assembly (.pe).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The assembly {path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static FirmwarePackage Seal(string board, string release, byte[][] assemblies, byte[] key)
    {
        try
        {
            return FirmwarePackage.Seal(board, release, assemblies, key);
        }
        catch (ArgumentException e)
        {
            throw new UserException(e.Message, e);
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The package {path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private sealed record PackJson(string Path, string Board, string Version, int Bytes, IReadOnlyList<string> Assemblies, string Edition);
}
