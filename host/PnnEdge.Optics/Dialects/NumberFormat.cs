namespace PnnEdge.Optics.Dialects;

/// <summary>How an instrument writes many numbers.</summary>
public enum NumberFormat
{
    /// <summary>Decimal, with commas between.</summary>
    Ascii,

    /// <summary>A block of unsigned 16-bit numbers, low byte first.</summary>
    Word16,

    /// <summary>A block of IEEE 754 single precision, low byte first.</summary>
    Real32,

    /// <summary>A block of IEEE 754 double precision, low byte first.</summary>
    Real64,
}
