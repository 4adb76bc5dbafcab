using System.Globalization;
using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods;

namespace PnnEdge.Cli.Runs;

/// <summary>A run's result directory, and the only place that knows its file names.</summary>
public sealed class RunFolder
{
    private RunFolder(string path, string command = "train") => (Path, Command) = (path, command);

    public string Path { get; }

    /// <summary>That goes on with the run.</summary>
    public string Command { get; }

    /// <summary>A run has begun here and can be gone on with.</summary>
    public bool HoldsRun => File.Exists(ConfigFile);

    public string ConfigFile => In("config.json");

    public string MetricsFile => In("metrics.jsonl");

    public string SummaryFile => In("summary.json");

    public string PlotFile(string extension) => In($"accuracy.{extension}");

    /// <summary>Physics-aware training's has the plain name; the others say their method.</summary>
    public string ParametersFile(ulong seed, Method method) => In(method == Method.Pat ? $"parameters-seed{seed}.npz" : $"parameters-{Methods.NameOf(method)}-seed{seed}.npz");

    public string TwinFile(ulong seed) => In($"twin-seed{seed}.npz");

    /// <summary>What every training of the run begins from, where its config says so.</summary>
    public string StartFile => In("start.npz");

    /// <summary>Of the bench, where its config says so.</summary>
    public string CalibrationFile => In("calibration.json");

    /// <summary>On the bench, where its config says so.</summary>
    public string DoctorFile => In("doctor.json");

    public string CheckpointFile(ulong seed) => In($"checkpoint-seed{seed}.npz");

    /// <summary>runs/UTC time-task below the working folder; a number is added while that name is taken.</summary>
    public static string DefaultPath(string workingFolder, string task, DateTimeOffset nowUtc)
    {
        string name = System.IO.Path.Combine(workingFolder, "runs", nowUtc.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + task);
        string free = name;
        for (int n = 2; Directory.Exists(free); n++) { free = $"{name}-{n}"; }
        return free;
    }

    /// <summary>A folder that may hold a run or not; nothing is read or written.</summary>
    public static RunFolder At(string path) => new(path);

    /// <summary>For a run that has yet to begin; nothing is written.</summary>
    /// <param name="command">That the run is of, such as <c>train</c>.</param>
    /// <exception cref="UserException">The folder holds another run.</exception>
    public static RunFolder Free(string path, string command = "train")
    {
        var folder = new RunFolder(path, command);
        folder.RequireFree();
        return folder;
    }

    /// <exception cref="UserException">The folder cannot be made or written, or holds another run.</exception>
    public void Begin(RunConfig config)
    {
        RequireFree();
        try
        {
            Directory.CreateDirectory(Path);
            if (config.Start is StartNote start && start.File != StartFile) { File.Copy(start.File, StartFile, overwrite: true); }
            if (config.Calibration is CalibrationNote calibration && calibration.File != CalibrationFile) { File.Copy(calibration.File, CalibrationFile, overwrite: true); }
            if (config.Doctor is DoctorNote doctor && doctor.File != DoctorFile) { File.Copy(doctor.File, DoctorFile, overwrite: true); }
            AtomicFile.Write(ConfigFile, JsonText.Page(config));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The result folder {Path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <param name="command">That goes on with the run.</param>
    /// <exception cref="UserException">There is no run in the folder.</exception>
    /// <exception cref="InvalidDataException">Its config cannot be read.</exception>
    public static (RunFolder Folder, RunConfig Config) Open(string path, string command = "train")
    {
        var folder = new RunFolder(path, command);
        if (!folder.HoldsRun)
        {
            throw new UserException($"There is no run in {path}: it has no config.json.");
        }

        try
        {
            RunConfig config = JsonText.Read<RunConfig>(File.ReadAllText(folder.ConfigFile)) ?? throw new JsonException("it is empty");
            return config.Settings is null || config.Seeds < 1
                ? throw new InvalidDataException($"{folder.ConfigFile} lacks settings or seeds.")
                : (folder, config);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{folder.ConfigFile} cannot be read: {broken.Message}", broken);
        }
    }

    public SeedState LoadSeed(ulong seed) => File.Exists(CheckpointFile(seed)) ? SeedCheckpoint.Load(CheckpointFile(seed)) : new SeedState(seed);

    public void SaveSeed(SeedState state) => SeedCheckpoint.Save(CheckpointFile(state.Seed), state);

    /// <summary>A seed's twin, networks and checkpoint as another run left them.</summary>
    public void CopySeed(RunFolder from, ulong seed)
    {
        foreach (string file in Directory.EnumerateFiles(from.Path, $"*-seed{seed}.npz")) { File.Copy(file, In(System.IO.Path.GetFileName(file)), overwrite: true); }
    }

    /// <summary>Writes the metrics of these states anew: what a killed run appended beyond its last checkpoint is played again.</summary>
    public void RestartMetrics(IEnumerable<SeedState> states) => AtomicFile.Write(MetricsFile, string.Concat(states.SelectMany(state =>
        state.Methods.SelectMany(of => (of.Value.Training?.History ?? []).Select(epoch => MetricsLine(state.Seed, of.Key, epoch))))));

    public void AppendMetrics(ulong seed, Method method, EpochReport epoch) => File.AppendAllText(MetricsFile, MetricsLine(seed, method, epoch));

    private static string MetricsLine(ulong seed, Method method, EpochReport epoch) => JsonText.Line(new EpochMetrics(
        seed, Methods.NameOf(method), epoch.Epoch, epoch.TrainLoss, epoch.ValidationAccuracy, epoch.ValidationLoss, epoch.ClampedShare)) + "\n";

    private void RequireFree()
    {
        if (HoldsRun) { throw new UserException($"The folder {Path} already holds a run; choose another --out, or go on with it by 'pnn {Command} --resume {Path}'."); }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private sealed record EpochMetrics(
        ulong Seed, string Method, int Epoch, double TrainLoss, double ValidationAccuracy, double ValidationLoss, double ClampedShare);
}
