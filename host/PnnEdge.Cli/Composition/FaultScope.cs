namespace PnnEdge.Cli.Composition;

/// <summary>Which faults a command injects from its start.</summary>
internal enum FaultScope
{
    /// <summary>None: it has its own word for them.</summary>
    None,

    /// <summary>Those of physics, converters and device.</summary>
    Bench,

    /// <summary>Those of the bench, and those of the twin beside it.</summary>
    BenchAndTwin,

    /// <summary>As <see cref="Bench"/>, where another instrument's converters are in the board's place and have bits of their own.</summary>
    Optics,
}
