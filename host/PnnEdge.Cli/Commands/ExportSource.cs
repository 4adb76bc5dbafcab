using System.Text;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Commands;

/// <summary>What is exported: one seed of a run, or a twin alone.</summary>
/// <param name="Twin">Its file.</param> <param name="Network">The trained network's file; null for a twin alone.</param>
/// <param name="Seed">Of the run; null for a twin alone.</param>
internal sealed record ExportSource(string Twin, string? Network, ulong? Seed)
{
    /// <summary>For a person.</summary>
    public string Title => Network is null ? Twin : $"seed {Seed} in {Path.GetDirectoryName(Twin)}";

    /// <exception cref="UserException">There is no such run, seed or file, or it has not come so far.</exception>
    public static ExportSource At(string path, int? seed)
    {
        if (File.Exists(path))
        {
            return seed is null ? new ExportSource(path, null, null) : throw new UserException($"{path} is one twin; --seed chooses among those of a result folder.", isUsage: true);
        }

        if (!Directory.Exists(path)) { throw new UserException($"There is no result folder and no twin's file at {path}."); }
        (RunFolder folder, RunConfig config) = RunFolder.Open(path);
        ulong chosen = seed is int number ? (ulong)number : config.FirstSeed;
        if (!config.AllSeeds.Contains(chosen))
        {
            throw new UserException($"Asked for seed {chosen}; the run in {path} has {config.FirstSeed} to {config.AllSeeds.Last()}.");
        }

        (string twin, string network) = (folder.TwinFile(chosen), folder.ParametersFile(chosen, Method.Pat));
        return File.Exists(twin) && File.Exists(network)
            ? new ExportSource(twin, network, chosen)
            : throw new UserException($"Seed {chosen} of the run in {path} has no trained network and twin yet; 'pnn {folder.Command} --resume {path}' goes on with it.");
    }

    /// <summary>The path of a file beside it.</summary>
    public string Beside(string extension) => Seed is null ? Path.ChangeExtension(Twin, extension) : Path.Combine(Path.GetDirectoryName(Twin)!, $"seed{Seed}{extension}");

    /// <summary>Which experiment it belongs to, without which its numbers mean nothing.</summary>
    public Dictionary<string, string> Notes()
    {
        NpzArchive archive = NpzArchive.Load(Twin);
        var notes = new Dictionary<string, string> { ["source"] = "PnnEdge" };
        if (archive.Names.Contains("experiment")) { notes["experiment"] = Encoding.UTF8.GetString(archive.Get<byte>("experiment")); }
        if (Seed is ulong seed) { notes["seed"] = $"{seed}"; }
        return notes;
    }
}
