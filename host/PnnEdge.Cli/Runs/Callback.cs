namespace PnnEdge.Cli.Runs;

/// <summary>Progress handled where it arises: <see cref="Progress{T}"/> would hand it to another thread, after the state it tells of has moved on.</summary>
internal sealed class Callback<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
