using System.CommandLine;
using System.Globalization;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn deploy</c>: a run's trained network onto a device, which from then on runs it by itself.</summary>
internal sealed class DeployCommand
{
    /// <summary>Shorter than any answer takes.</summary>
    private const int ShortestTimerMillis = 10;

    private readonly CliHost _host;
    private readonly DeviceDeskOptions _desk = new();
    private readonly Argument<string> _from = new("run") { Description = "A result folder of 'pnn train' or 'pnn reproduce'." };
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Whose of the run's seeds (default the first).");
    private readonly Option<string?> _key = Values.Path("--key-file", "file", "The device's key: 64 hexadecimal digits.");
    private readonly Option<int?> _timer = Values.WholeNumber("--every", ShortestTimerMillis, int.MaxValue, "Let the device look at its own input this often, ms (default: answer requests only).");
    private readonly Option<string?> _data = Values.Path("--data", "folder", "Where the data files lie (default: PNN_DATA, else the cache that 'pnn data get' fills).");

    private DeployCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var deploy = new DeployCommand(host);
        var command = new Command("deploy", "Give a device a run's trained network, to run it by itself.");
        command.Arguments.Add(deploy._from);
        foreach (Option option in new Option[] { deploy._seed, deploy._key, deploy._timer, deploy._data }) { command.Options.Add(option); }
        deploy._desk.AddTo(command);
        command.SetAction(deploy.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DeployableSeed seed = DeployableSeed.At(_host.FullPath(parsed.GetRequiredValue(_from)), parsed.GetValue(_seed));
        byte[] key = parsed.GetValue(_key) is string file
            ? KeyFile.Read(_host.FullPath(file))
            : throw new UserException("A program is sealed under the device's own key; give its file with --key-file.", isUsage: true);
        await using DeviceDesk desk = await _desk.OpenAsync(parsed, _host, cancellation);
        BirthCertificate hello = (await desk.IdentifyAsync(DeviceDeskOptions.Limit, cancellation)).Hello;
        DeploymentTarget target = DeploymentTarget.Of(desk.Device.ToString(), hello, seed.Shape);
        PhysicalNetwork network = seed.Network(target);
        ProgramOptions options = hello.Simulated ? seed.AsTested(network, seed.Data(_host, parsed.GetValue(_data))) : seed.Unnumbered;
        SealedProgram program = SealedProgram.Seal(
            ProgramCompiler.Compile(network, target, options with { TimerMillis = parsed.GetValue(_timer) ?? 0 }), key);
        await new ProgramDesk(desk, DeviceDeskOptions.Limit).DeployAsync(program, cancellation);

        ProgramCost cost = ProgramCost.Of(program);
        var told = new DeployJson(
            desk.Device.ToString(), hello.Board, hello.UnitSerial, hello.Simulated, seed.Seed, $"{program.Version:x8}", program.Bytes.Length, cost.MemoryBytes, cost.MultiplyAdds,
            cost.WordsWritten, cost.WordsRead, cost.ActuatorValues, cost.TransferMillis, cost.LeastMillis, cost.MostMillis, parsed.GetValue(_timer));
        Shown.Line(_host, parsed, told, Words(told));
        return ExitCode.Done;
    }

    private static string Words(DeployJson told) => string.Create(CultureInfo.InvariantCulture,
        $"""
        Device {told.Device} ({told.Board}#{told.UnitSerial}, {(told.Simulated ? "simulated" : "real")}) runs program {told.Program}: seed {told.Seed}, {told.Bytes:N0} bytes, {told.MemoryBytes:N0} once loaded{(told.EveryMillis is int every ? $", every {every:N0} ms" : ", on request")}.
        One answer: {told.MultiplyAdds:N0} multiply-adds, {told.WordsWritten:N0} words written, {told.WordsRead:N0} read, {told.ActuatorValues:N0} actuator values set, {told.TransferMillis:0.#} ms of transfer; on an ESP32's interpreter an estimated {told.LeastMillis:N0} to {told.MostMillis:N0} ms.
        """);

    /// <param name="Program">By which every answer names it, hexadecimal.</param>
    /// <param name="LeastMillis">Estimated on an ESP32's interpreter, ms.</param>
    private sealed record DeployJson(
        string Device, string Board, uint UnitSerial, bool Simulated, ulong Seed, string Program, int Bytes, long MemoryBytes, long MultiplyAdds, long WordsWritten, long WordsRead, long ActuatorValues,
        double TransferMillis, double LeastMillis, double MostMillis, int? EveryMillis);
}
