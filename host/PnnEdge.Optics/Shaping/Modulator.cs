namespace PnnEdge.Optics.Shaping;

/// <summary>What stands in the spectrum's plane.</summary>
public enum Modulator
{
    /// <summary>A liquid-crystal phase modulator: grey levels are phases.</summary>
    Slm,

    /// <summary>A digital micromirror device: mirrors are on or off.</summary>
    Dmd,
}
