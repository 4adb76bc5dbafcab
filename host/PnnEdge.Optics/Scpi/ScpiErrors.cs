namespace PnnEdge.Optics.Scpi;

/// <summary>Errors in the order they came; a full queue's last entry says so (SCPI-99 volume 2, 21.8.1).</summary>
public sealed class ScpiErrors
{
    public const int Capacity = 20;

    private readonly Queue<ScpiError> _errors = new();

    public int Count => _errors.Count;

    public void Add(ScpiError error)
    {
        if (_errors.Count < Capacity - 1) { _errors.Enqueue(error); }
        else if (_errors.Count == Capacity - 1) { _errors.Enqueue(ScpiError.Of(-350)); }
    }

    public ScpiError Next() => _errors.TryDequeue(out ScpiError error) ? error : ScpiError.None;

    public void Clear() => _errors.Clear();
}
