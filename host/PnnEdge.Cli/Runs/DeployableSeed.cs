using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Session;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed of a kept run, as something that a device may run by itself.</summary>
internal sealed class DeployableSeed
{
    private readonly RunFolder _folder;
    private readonly string _networkFile;

    private DeployableSeed(RunFolder folder, ExperimentSettings settings, ulong seed, string networkFile) =>
        (_folder, Settings, Seed, _networkFile) = (folder, settings, seed, networkFile);

    public ExperimentSettings Settings { get; }

    public ulong Seed { get; }

    /// <summary>The clock and the shot that it was trained with.</summary>
    public RunShape Shape => new(Settings.Shot.SampleRateHz ?? Benches.Of(Settings.System).SampleRateHz, Settings.Plan().Shot);

    /// <param name="seed">Null for the run's first.</param>
    /// <exception cref="UserException">There is no such run or seed, or it has not come so far.</exception>
    public static DeployableSeed At(string path, int? seed)
    {
        ExportSource source = ExportSource.At(path, seed);
        if (source.Network is not string network) { throw new UserException($"{path} is one twin; what is deployed is the network of a result folder.", isUsage: true); }
        (RunFolder folder, RunConfig config) = RunFolder.Open(path);
        return new DeployableSeed(folder, config.Settings, source.Seed!.Value, network);
    }

    /// <exception cref="InvalidDataException">Its file does not fit this device.</exception>
    public PhysicalNetwork Network(DeploymentTarget target) => NetworkFile.Load(_networkFile, Settings.Shape(target.Description));

    public TaskData Data(CliHost host, string? folder) => TaskLoader.Load(Settings, DataFolders.Resolve(host, folder), Seed);

    /// <summary>On a simulated device: the shots that the run's own test of this network played, so that the same samples meet the same noise.</summary>
    public ProgramOptions AsTested(PhysicalNetwork network, TaskData data)
    {
        ulong first = _folder.LoadSeed(Seed).Twin?.NextShot ?? throw new UserException($"Seed {Seed} of the run in {_folder.Path} has not come to its training yet.");
        ulong tested = first + NetworkCalibration.Shots(network.Shape, data.Train) + Trainer.Shots(network.Shape.PassesPerSample, data, Settings.Training);
        return ProgramOptions.AsEvaluated(Settings.Training.Repeats, tested, data.Test.Count, network.Shape.Branches);
    }

    /// <summary>On a bench that is real, and has no use for numbers of shots.</summary>
    public ProgramOptions Unnumbered => new(Settings.Training.Repeats, _ => 0);
}
