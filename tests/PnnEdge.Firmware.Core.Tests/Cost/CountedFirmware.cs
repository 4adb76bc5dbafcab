using System.Reflection;
using System.Runtime.Loader;

namespace PnnEdge.Firmware.Core.Tests.Cost;

/// <summary>The firmware with counters in it, beside the real one: a scenario runs on it and says what it executed.</summary>
internal sealed class CountedFirmware : AssemblyLoadContext
{
    private static readonly string[] Counted = ["PnnEdge.Wire", "PnnEdge.Firmware.Core", "PnnEdge.Firmware.Drivers"];

    private readonly Dictionary<string, CountedAssembly> _assemblies = Counted.ToDictionary(
        name => name, name => new CountedAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll")));

    private readonly Dictionary<string, Assembly> _loaded = [];

    /// <summary>What one call of a scenario's second part executes.</summary>
    /// <param name="scenario">Static, of <see cref="CostScenarios"/>: prepares, and gives back what is to be counted.</param>
    public OperationCount Of(string scenario, params object[] arguments)
    {
        Type scenarios = LoadFromAssemblyPath(typeof(CostScenarios).Assembly.Location).GetType(typeof(CostScenarios).FullName!, throwOnError: true)!;
        var counted = (Action)scenarios.GetMethod(scenario)!.Invoke(null, arguments)!;
        string[] used = [.. Counted.Where(_loaded.ContainsKey)];
        long[][] before = [.. used.Select(name => (long[])CountedAssembly.Hits(_loaded[name]).Clone())];
        counted();
        long[] sum = new long[Enum.GetValues<OperationKind>().Length];
        foreach ((int i, string name) in used.Index())
        {
            long[] hits = [.. CountedAssembly.Hits(_loaded[name]).Zip(before[i], (after, earlier) => after - earlier)];
            OperationCount part = _assemblies[name].Sum(hits);
            for (int kind = 0; kind < sum.Length; kind++) { sum[kind] += part.Counts[kind]; }
        }

        return new OperationCount(sum);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!_assemblies.TryGetValue(assemblyName.Name!, out CountedAssembly? counted)) { return null; }
        if (!_loaded.TryGetValue(assemblyName.Name!, out Assembly? loaded))
        {
            using var image = new MemoryStream(counted.Image);
            _loaded[assemblyName.Name!] = loaded = LoadFromStream(image);
        }

        return loaded;
    }
}
