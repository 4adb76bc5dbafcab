using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed's state as a NumPy archive, replaced whole: every method's arrays, and the rest as JSON.</summary>
internal static class SeedCheckpoint
{
    public static void Save(string path, SeedState state)
    {
        var archive = new NpzArchive();
        var methods = new Dictionary<string, MethodRest>();
        foreach ((Method method, MethodState of) in state.Methods)
        {
            string name = Methods.NameOf(method);
            if (of.Training is TrainerState training) { Add(archive, name, training); }
            methods[name] = new MethodRest(RestOf(of.Training), of.Claimed, of.Delivered);
        }

        archive.Add("state", Encoding.UTF8.GetBytes(JsonText.Line(new Rest(state.Seed, state.Twin, methods, state.Baseline, state.Tally, state.Calibration))));
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static SeedState Load(string path)
    {
        NpzArchive archive = NpzArchive.Load(path);
        try
        {
            Rest rest = JsonText.Read<Rest>(Encoding.UTF8.GetString(archive.Get<byte>("state"))) ?? throw new InvalidDataException($"{path} holds no state.");
            var state = new SeedState(rest.Seed) { Twin = rest.Twin, Baseline = rest.Baseline, Tally = rest.Tally, Calibration = rest.Calibration };
            foreach (Method method in Enum.GetValues<Method>())
            {
                if (rest.Methods?.TryGetValue(Methods.NameOf(method), out MethodRest? of) == true)
                {
                    state.Methods[method] = new MethodState
                    {
                        Training = Join(archive, Methods.NameOf(method), of.Training),
                        Claimed = of.Claimed,
                        Delivered = of.Delivered,
                    };
                }
            }

            return state;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} holds a state in JSON that cannot be read: {broken.Message}", broken);
        }
    }

    private static void Add(NpzArchive archive, string method, TrainerState state)
    {
        archive.Add($"{method}.parameters", state.Parameters);
        archive.Add($"{method}.best_parameters", state.BestParameters);
        archive.Add($"{method}.first_moment", state.FirstMoment);
        archive.Add($"{method}.second_moment", state.SecondMoment);
    }

    private static TrainerState? Join(NpzArchive archive, string method, TrainerState? rest) => rest is null ? null : rest with
    {
        Parameters = archive.Get<float>($"{method}.parameters"),
        BestParameters = archive.Get<float>($"{method}.best_parameters"),
        FirstMoment = archive.Get<float>($"{method}.first_moment"),
        SecondMoment = archive.Get<float>($"{method}.second_moment"),
    };

    private static TrainerState? RestOf(TrainerState? state) =>
        state is null ? null : state with { Parameters = [], BestParameters = [], FirstMoment = [], SecondMoment = [] };

    private sealed record Rest(ulong Seed, TwinOutcome? Twin, Dictionary<string, MethodRest>? Methods, double? Baseline, Tally Tally, string? Calibration);

    private sealed record MethodRest(TrainerState? Training, double? Claimed, double? Delivered);
}
