namespace PnnEdge.VirtualDevice.Clocks;

public enum Pacing
{
    /// <summary>A block is answered as soon as it is computed.</summary>
    AsFastAsPossible,

    /// <summary>A block is answered no sooner than real converters could.</summary>
    RealTime,
}
