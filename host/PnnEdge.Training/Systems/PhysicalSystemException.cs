namespace PnnEdge.Training.Systems;

/// <summary>A physical system refused, or could not be reached. The message is one sentence for the person at the bench.</summary>
public sealed class PhysicalSystemException : Exception
{
    public PhysicalSystemException(string message) : base(message) { }

    public PhysicalSystemException(string message, Exception inner) : base(message, inner) { }
}
