namespace PnnEdge.Optics.Scpi;

/// <summary>An instrument's command cannot be obeyed; the error goes into its queue and the message's rest is not read (IEEE 488.2-1992, 6.1.6).</summary>
public sealed class ScpiRefusalException : Exception
{
    public ScpiRefusalException(int code, string detail = "") : base(ScpiError.Of(code, detail).ToString()) => Error = ScpiError.Of(code, detail);

    public ScpiError Error { get; }
}
