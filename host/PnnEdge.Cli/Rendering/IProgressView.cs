namespace PnnEdge.Cli.Rendering;

/// <summary>How far a stage has come.</summary>
/// <param name="Seed">Whose; null where there are no seeds.</param>
/// <param name="Stage">For a person, such as <c>physics-aware training</c>.</param>
/// <param name="Done">Of <paramref name="Of"/>, in the stage's own steps.</param>
/// <param name="Detail">Current loss and accuracy, as far as the stage has them.</param>
/// <param name="Rate">Of shots or samples, 1/s; NaN where it says nothing.</param>
internal readonly record struct StageProgress(ulong? Seed, string Stage, int Done, int Of, string Detail, double Rate)
{
    public string Title => Seed is null ? Stage : $"seed {Seed} · {Stage}";
}

/// <summary>Where progress goes: redrawn in place on a terminal, lines in a log, nowhere when it should be quiet.</summary>
internal interface IProgressView
{
    /// <summary>Runs the work with the view on screen.</summary>
    Task ShowAsync(Func<Task> work);

    void Report(in StageProgress progress);

    /// <summary>Something a person should know that is no step, such as a device that was started again.</summary>
    void Say(string sentence);
}
