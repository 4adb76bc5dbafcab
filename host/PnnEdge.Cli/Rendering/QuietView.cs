namespace PnnEdge.Cli.Rendering;

/// <summary>Shows no progress; what a person should know is still said.</summary>
internal sealed class QuietView(TextWriter error) : IProgressView
{
    public Task ShowAsync(Func<Task> work) => work();

    public void Report(in StageProgress progress)
    {
    }

    public void Say(string sentence) => error.WriteLine(sentence);
}
