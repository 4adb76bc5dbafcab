namespace PnnEdge.Optics.Instruments;

/// <summary>The wire failed: no connection, no answer in time, an answer that is none. The instrument itself said nothing wrong.</summary>
public sealed class InstrumentLostException : Exception
{
    public InstrumentLostException(string message) : base(message) { }

    public InstrumentLostException(string message, Exception inner) : base(message, inner) { }
}
