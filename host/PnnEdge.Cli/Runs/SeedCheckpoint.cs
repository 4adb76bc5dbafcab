using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed's state as a NumPy archive, replaced whole: both trainers' arrays, and the rest as JSON.</summary>
internal static class SeedCheckpoint
{
    public static void Save(string path, SeedState state)
    {
        var archive = new NpzArchive();
        Add(archive, "pat", state.Pat);
        Add(archive, "in_silico", state.InSilico);
        var rest = new Rest(
            state.Seed, state.Twin, RestOf(state.Pat), state.PatTest, RestOf(state.InSilico), state.InSilicoClaimed, state.InSilicoDeployed, state.Baseline,
            state.Tally);
        archive.Add("state", Encoding.UTF8.GetBytes(JsonText.Line(rest)));
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static SeedState Load(string path)
    {
        NpzArchive archive = NpzArchive.Load(path);
        try
        {
            Rest rest = JsonText.Read<Rest>(Encoding.UTF8.GetString(archive.Get<byte>("state"))) ?? throw new InvalidDataException($"{path} holds no state.");
            return new SeedState(rest.Seed)
            {
                Twin = rest.Twin,
                Pat = Join(archive, "pat", rest.Pat),
                PatTest = rest.PatTest,
                InSilico = Join(archive, "in_silico", rest.InSilico),
                InSilicoClaimed = rest.InSilicoClaimed,
                InSilicoDeployed = rest.InSilicoDeployed,
                Baseline = rest.Baseline,
                Tally = rest.Tally,
            };
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} holds a state in JSON that cannot be read: {broken.Message}", broken);
        }
    }

    private static void Add(NpzArchive archive, string method, TrainerState? state)
    {
        if (state is not null)
        {
            archive.Add($"{method}.parameters", state.Parameters);
            archive.Add($"{method}.best_parameters", state.BestParameters);
            archive.Add($"{method}.first_moment", state.FirstMoment);
            archive.Add($"{method}.second_moment", state.SecondMoment);
        }
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

    private sealed record Rest(
        ulong Seed, TwinOutcome? Twin, TrainerState? Pat, double? PatTest, TrainerState? InSilico, double? InSilicoClaimed, double? InSilicoDeployed,
        double? Baseline, Tally Tally);
}
