using PnnEdge.Numerics.Elementwise;
using PnnEdge.Training.Coding;

namespace PnnEdge.Training.Twins.Noise;

/// <summary>How much each window scatters from one playing of a shot to the next, as a function of what is played: ln σ is a small perceptron.</summary>
/// <remarks>
/// It knows each window's own σ; what windows of one shot share, such as a shot's gain, it counts to each of them and draws apart. Beyond what it
/// was fitted to, σ ends at half the smallest and twice the largest that it gives there: an exponential of an extrapolation has no other end.
/// </remarks>
public sealed class NoiseTwin
{
    // E ln|ξ| of a standard normal ξ: −(γ + ln 2)/2.
    private const float MeanLogOfNormal = -0.635181423f;

    // Ours.
    private const float Slack = 0.693147181f; // ln 2

    private float[] _logSigma = [];
    private float _lowest = float.NegativeInfinity;
    private float _highest = float.PositiveInfinity;

    /// <param name="logSigma">Its outputs are ln(σ/1 V).</param>
    public NoiseTwin(MlpTwin logSigma) => (LogSigma, Actuators) = (logSigma, logSigma.Actuators);

    /// <summary>Of the system, whether σ depends on them or not.</summary>
    public int Actuators { get; private init; }

    /// <summary>Outputs ln(σ/1 V); a twin's file can hold it.</summary>
    public MlpTwin LogSigma { get; }

    /// <summary>Fits σ to residuals by their Gaussian likelihood: mean of ln σ + r²/2σ².</summary>
    /// <param name="residuals">Shots whose windows are differences from what should have been measured, V.</param>
    /// <param name="settings">Kind is <see cref="TwinKind.Perceptron"/> or <see cref="TwinKind.CausalPerceptron"/>; a small one is enough.</param>
    /// <remarks>More actuators than calls that set them cannot be told apart: then σ is a function of the slots alone.</remarks>
    public static NoiseTwin Fit(ShotSet residuals, SlotPlan plan, TwinFitSettings settings, ulong seed, CancellationToken cancellation)
    {
        int actuators = residuals.Calls[0].Actuators.Length;
        if (actuators > residuals.Calls.Count)
        {
            var slotsAlone = new ShotSet();
            foreach (ShotCall call in residuals.Calls) { slotsAlone.Add(call with { Actuators = [] }); }
            residuals = slotsAlone;
        }

        // Started on ln|r|, whose mean is that of ln σ but for a constant: the first σ is already of the right size.
        var logs = new ShotSet();
        foreach (ShotCall call in residuals.Calls)
        {
            logs.Add(call with { Windows = [.. call.Windows.Select(volts => MathF.Log(MathF.Max(MathF.Abs(volts), 1e-12f)) - MeanLogOfNormal)] });
        }

        var twin = new NoiseTwin(TwinStart.Of(logs, plan, settings, seed) as MlpTwin
            ?? throw new ArgumentException($"A noise twin is a perceptron; asked was a {settings.Kind}.", nameof(settings)))
        {
            Actuators = actuators,
        };
        twin.LogSigma.LastLayer.Of(twin.LogSigma.Parameters).Clear();
        new TwinTrainer(twin.LogSigma.Parameters, twin.LossGradient, residuals, settings.BatchShots, seed).Run(settings.Epochs, settings.LearningRate, null, cancellation);
        twin.EndBeyond(residuals);
        return twin;
    }

    /// <param name="slots">[shot, slot], V.</param> <param name="actuators">[actuator], V.</param> <param name="sigma">[shot, output], V; overwritten.</param>
    public void Sigma(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> sigma)
    {
        LogSigma.Forward(slots, LogSigma.Actuators == 0 ? [] : actuators, shots, sigma);
        foreach (ref float s in sigma) { s = Exponential.Of(Math.Clamp(s, _lowest, _highest)); }
    }

    private void EndBeyond(ShotSet seen)
    {
        (float lowest, float highest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (ShotCall call in seen.Calls)
        {
            float[] logs = new float[call.Windows.Length];
            LogSigma.Forward(call.Slots, call.Actuators, call.Shots, logs);
            (lowest, highest) = (Math.Min(lowest, logs.Min()), Math.Max(highest, logs.Max()));
        }

        (_lowest, _highest) = (lowest - Slack, highest + Slack);
    }

    /// <summary>Mean of ln σ + r²/2σ², nats less ½ln 2π a window, and its gradient with respect to the perceptron's parameters.</summary>
    /// <param name="x">[shot, slot then actuator], V.</param> <param name="residuals">[shot, output], V.</param> <param name="gradient">[parameter]; overwritten.</param>
    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> residuals, int shots, Span<float> gradient)
    {
        if (_logSigma.Length < residuals.Length) { _logSigma = new float[residuals.Length]; }
        Span<float> s = _logSigma.AsSpan(0, residuals.Length);
        LogSigma.ForwardRows(x, shots, s);
        double sum = 0;
        for (int i = 0; i < s.Length; i++)
        {
            float ratio = residuals[i] * residuals[i] * Exponential.Of(-2 * s[i]);
            sum += s[i] + (0.5 * ratio);
            s[i] = (1 - ratio) / s.Length;
        }

        LogSigma.ParameterVjp(x, shots, s, gradient);
        return sum / s.Length;
    }
}
