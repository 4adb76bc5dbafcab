using System.Text.Json;
using PnnEdge.Benchmarks.Link;
using PnnEdge.Benchmarks.Machine;
using PnnEdge.Benchmarks.Physics;
using PnnEdge.Benchmarks.Training;
using PnnEdge.Benchmarks.Twins;

namespace PnnEdge.Benchmarks;

/// <summary>Every promised figure by name, measured in one run; <c>--only</c> chooses groups.</summary>
internal static class Summary
{
    private static readonly IReadOnlyDictionary<string, Func<Task<IEnumerable<Figure>>>> Groups = new Dictionary<string, Func<Task<IEnumerable<Figure>>>>
    {
        ["link"] = async () => await LinkEcho.MeasureAsync(),
        ["physics"] = () => Task.FromResult(PhysicsRates.Measure()),
        ["twins"] = () => Task.FromResult(TwinCosts.Measure().Concat(TrainingStepRates.Measure())),
        ["training"] = () => Task.FromResult(OscillatorStepRates.Measure()),
    };

    /// <returns>The exit code: 1 where <c>--check</c> finds a promise broken, 2 for a group that there is not.</returns>
    public static async Task<int> RunAsync(string[] options)
    {
        string[] asked = [.. options.SkipWhile(option => option != "--only").Skip(1).TakeWhile(option => !option.StartsWith('-'))];
        if (asked.FirstOrDefault(name => !Groups.ContainsKey(name)) is { } unknown)
        {
            Console.Error.WriteLine($"Asked --only for '{unknown}'; possible are {string.Join(", ", Groups.Keys)}.");
            return 2;
        }

        List<Figure> figures = [];
        foreach ((string name, Func<Task<IEnumerable<Figure>>> measure) in Groups)
        {
            if (asked.Length > 0 && !asked.Contains(name)) { continue; }
            if (Load.LastMinute() is { } load) { figures.Add(new Figure($"machine.load_before_{name}", load, "processes")); }
            figures.AddRange(await measure());
        }

        if (options.Contains("--json")) { Console.WriteLine(JsonSerializer.Serialize(figures.ToDictionary(figure => figure.Name, figure => figure.NumberOrWords))); }
        else { figures.ForEach(Console.WriteLine); }

        Figure[] broken = [.. figures.Where(figure => options.Contains("--check") && !figure.Holds)];
        foreach (Figure figure in broken) { Console.Error.WriteLine(figure.Broken); }
        return broken.Length == 0 ? 0 : 1;
    }
}
