using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.Interchange;
using PnnEdge.Interchange.PyTorch;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn import pytorch</c>: parameters to begin a training from, or a twin's weights, out of a file of tensors.</summary>
internal sealed class ImportCommand
{
    private const string DefaultExperiment = "oscillators-mnist";

    private readonly CliHost _host;
    private readonly Argument<string> _file = new("file") { Description = "A state_dict that torch.save wrote, a checkpoint that holds one, or a safetensors file." };
    private readonly Option<string?> _experiment = new("--experiment")
    {
        Description = $"Whose network it becomes: an experiment's file, or its name: {string.Join(", ", ExperimentCatalog.Names)} (default {DefaultExperiment}, whose layout the original's example 1 has).",
        HelpName = "file or name",
    };

    private readonly Option<bool> _clamp = new("--clamp") { Description = "Take the nearest value where a coupling or drive lies beyond the bench's reach, instead of refusing the file." };
    private readonly Option<string?> _twin = Values.Path("--twin", "file.npz", "Take the weights of an nn.Sequential into a copy of this twin, a perceptron of the same widths, instead.");
    private readonly Option<string?> _out = Values.Path("--out", "file.npz", "Where it goes (default start.npz; with --twin beside that twin, its name ending in -pytorch).");

    private ImportCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var import = new ImportCommand(host);
        var pytorch = new Command("pytorch", "Take parameters from PyTorch: for 'pnn train --start', or into a twin.");
        import._experiment.CompletionSources.Add([.. ExperimentCatalog.Names]);
        pytorch.Arguments.Add(import._file);
        foreach (Option option in (Option[])[import._experiment, import._clamp, import._twin, import._out]) { pytorch.Options.Add(option); }
        pytorch.SetAction(import.RunAsync);
        var group = new Command("import", "Take parameters from other programs.");
        group.Subcommands.Add(pytorch);
        return group;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string? twin = parsed.GetValue(_twin);
        if (twin is not null && ((Option[])[_experiment, _clamp]).FirstOrDefault(parsed.IsGiven) is Option other)
        {
            throw new UserException($"--twin takes weights into a twin, which has its own experiment; leave out {other.Name}.", isUsage: true);
        }

        string from = _host.FullPath(parsed.GetRequiredValue(_file));
        if (!File.Exists(from)) { throw new UserException($"The file {from} is not there."); }
        TensorSet tensors = TensorFile.Load(from);
        string kept = _host.FullPath(twin ?? from);
        string into = WritableFile.RequireOther(_host.FullPath(parsed.GetValue(_out) ?? (twin is null ? "start.npz" : Path.ChangeExtension(kept, null) + "-pytorch.npz")), kept);
        ImportJson result = twin is null ? await NetworkAsync(parsed, tensors, into) : Twin(tensors, kept, into);
        string clamped = result.Clamped == 0 ? "" : $", {result.Clamped} of them beyond the bench's reach and clamped";
        string next = twin is null ? $"pnn train --experiment {result.Experiment} --start {into}" : $"pnn twin report {into}";
        Shown.Line(_host, parsed, result, $"{into}: {result.Parameters} parameters from {from}{clamped}; go on with '{next}'.");
        return ExitCode.Done;
    }

    private async Task<ImportJson> NetworkAsync(ParseResult parsed, TensorSet tensors, string into)
    {
        string name = parsed.GetValue(_experiment) ?? DefaultExperiment;
        ExperimentSettings settings = TaskOptions.Experiment(name, _host);
        await using IPhysicalSystem bench = BenchOpener.InProcess(Benches.BuildTruth(new BenchRequest(settings.System, 1, 0, Ideal: true, [])), settings.Plan().Shot, _host.Time);
        NetworkShape shape = settings.Shape(bench.Description);
        Imported imported = NetworkTensors.AreIn(tensors) ? new Imported(NetworkTensors.Read(tensors, shape), 0)
            : OscillatorWeights.AreIn(tensors) ? OscillatorWeights.Read(tensors, shape, parsed.GetValue(_clamp))
            : throw new UserException(
                $"{tensors.Source} holds neither the original's coupled oscillators (fc1.weight, …, output_fac) nor a network of our own (as 'pnn export safetensors' writes it), but {tensors.Found}; --twin takes an nn.Sequential.");
        NetworkFile.Save(into, imported.Network);
        return new ImportJson(into, name, imported.Network.Parameters.Length, imported.Clamped);
    }

    private static ImportJson Twin(TensorSet tensors, string path, string into)
    {
        if (!File.Exists(path)) { throw new UserException($"The twin's file {path} is not there."); }
        (ITwin kept, ExperimentSettings settings) = TwinNotes.Load(path);
        MlpTwin twin = kept as MlpTwin ?? throw new UserException($"{path} holds a {kept.GetType().Name}; only a perceptron takes the weights of an nn.Sequential.");
        SequentialWeights.CopyInto(tensors, twin);
        TwinNotes.Save(into, twin, settings);
        return new ImportJson(into, $"{settings.System}-{settings.Task}", twin.Parameters.Length, 0);
    }

    private sealed record ImportJson(string File, string Experiment, int Parameters, int Clamped);
}
