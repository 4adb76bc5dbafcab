namespace PnnEdge.Cli.Results;

/// <summary>What one seed's study cost.</summary>
internal interface IStudiedSeed
{
    /// <summary>Shots played, tests included.</summary>
    long Passes { get; }

    /// <summary>Wall time, s.</summary>
    double Seconds { get; }
}

/// <summary>Shots played, tests included, all seeds.</summary>
/// <param name="Training">Until the networks were trained.</param>
/// <param name="Study">After that.</param>
internal sealed record StudyPasses(long Training, long Study);

/// <summary>Wall time, s, all seeds.</summary>
/// <param name="Training">Until the networks were trained, in whatever run that was.</param>
/// <param name="Study">After that.</param>
internal sealed record StudySeconds(double Total, double Training, double Study);
