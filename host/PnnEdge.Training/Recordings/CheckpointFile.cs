using System.Text.Json;
using PnnEdge.Training.Methods;

namespace PnnEdge.Training.Recordings;

/// <summary>A trainer between two steps as a NumPy archive; a restored trainer continues bit for bit.</summary>
public static class CheckpointFile
{
    public static void Save(string path, TrainerState state)
    {
        var archive = new NpzArchive();
        archive.Add("parameters", state.Parameters);
        archive.Add("best_parameters", state.BestParameters);
        archive.Add("first_moment", state.FirstMoment);
        archive.Add("second_moment", state.SecondMoment);
        archive.Add("state", JsonSerializer.SerializeToUtf8Bytes(new Rest(
            state.Seed, state.Epoch, state.Position, state.BestEpoch, state.OptimizerSteps, state.Sums, state.History)));
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static TrainerState Load(string path)
    {
        NpzArchive archive = NpzArchive.Load(path);
        try
        {
            Rest rest = JsonSerializer.Deserialize<Rest>(archive.Get<byte>("state")) ?? throw new InvalidDataException($"{path} holds no training state.");
            return new TrainerState(
                rest.Seed, rest.Epoch, rest.Position, archive.Get<float>("parameters"), archive.Get<float>("best_parameters"), rest.BestEpoch,
                archive.Get<float>("first_moment"), archive.Get<float>("second_moment"), rest.OptimizerSteps, rest.Sums, rest.History ?? []);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} holds a training state in JSON that cannot be read: {broken.Message}", broken);
        }
    }

    private sealed record Rest(
        ulong Seed, int Epoch, int Position, int BestEpoch, int OptimizerSteps, EpochSums Sums, IReadOnlyList<EpochReport>? History);
}
