using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins;

/// <summary>A twin whose numbers follow a gradient, and whose output is linear in its last layer.</summary>
public interface ITrainableTwin : ITwin
{
    /// <summary>[parameter]; whoever fits writes here.</summary>
    float[] Parameters { get; }

    /// <summary>Weight [output of a row, feature], then bias [output of a row].</summary>
    ParameterSegment LastLayer { get; }

    /// <summary>What enters the last layer for one row.</summary>
    int LastFeatures { get; }

    /// <summary>How often one shot passes the last layer: once, or once for every step of a twin that time shifts.</summary>
    int RowsPerShot { get; }

    /// <summary>Of one shot's forward pass; the reverse costs about as much again.</summary>
    long MultiplyAddsPerShot { get; }

    /// <summary>Mean squared error in units of the output spread, and its gradient with respect to <see cref="Parameters"/>.</summary>
    /// <param name="x">[shot, slot then actuator], V: here every shot has its own actuators.</param> <param name="target">[shot, output], V.</param>
    /// <param name="gradient">[parameter]; overwritten.</param>
    double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient);

    /// <summary>What a linear fit of the last layer needs: its inputs, and what its output misses.</summary>
    /// <param name="x">[shot, slot then actuator], V.</param> <param name="target">[shot, output], V.</param>
    /// <param name="features">[row, feature]; overwritten.</param>
    /// <param name="missing">[row, output of a row]: target − output, in units of the output spread; overwritten.</param>
    void LastLayerRows(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> features, Span<float> missing);
}
