using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Training.Recordings;

/// <summary>An adaptive twin between two steps as a NumPy archive: beside a checkpoint, so that both continue bit for bit.</summary>
public static class AdaptiveFile
{
    public static void Save(string path, AdaptiveState state)
    {
        var archive = new NpzArchive();
        archive.Add("parameters", state.Parameters);
        archive.Add("x", state.X);
        archive.Add("y", state.Y);
        archive.Add("first_moment", state.FirstMoment);
        archive.Add("second_moment", state.SecondMoment);
        archive.Add("counters", [state.Next, state.Steps, state.OptimizerSteps]);
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static AdaptiveState Load(string path)
    {
        NpzArchive archive = NpzArchive.Load(path);
        return archive.Get<int>("counters") is [int next, int steps, int optimizerSteps]
            ? new AdaptiveState(
                archive.Get<float>("parameters"), archive.Get<float>("x"), archive.Get<float>("y"), next, steps,
                archive.Get<float>("first_moment"), archive.Get<float>("second_moment"), optimizerSteps)
            : throw new InvalidDataException($"{path} holds no state of an adaptive twin; it needs three counters.");
    }
}
