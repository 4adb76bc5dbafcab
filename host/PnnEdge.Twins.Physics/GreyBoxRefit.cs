using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Twins.Physics;

/// <summary>
/// The refit of a grey box to what its system did lately, from where it is: of gain and offset by one damped Gauss–Newton step, which is a ridge fit
/// wherever the converter does not cut; or of the constants too, by a few of them.
/// </summary>
/// <remarks>Nothing is drawn, and nothing is kept but the twin's own values; each stays in its range.</remarks>
public sealed class GreyBoxRefit : ITwinRefit
{
    private readonly AdaptiveSettings _settings;
    private readonly VoltRange _measurementRange;
    private GreyBoxTwin _twin;

    /// <param name="twin">Stays as it is; a refit puts another in its place.</param>
    /// <param name="measurementRange">Where the measuring converter cuts.</param>
    public GreyBoxRefit(GreyBoxTwin twin, VoltRange measurementRange, AdaptiveSettings settings) =>
        (_twin, _measurementRange, _settings) = (twin, measurementRange, settings.Checked());

    public ITwin Twin => _twin;

    public void Run(ShotSet shots, int refit)
    {
        bool fitConstants = _settings.Scope == RefitScope.All;
        var problem = new GreyBoxProblem(_twin.Model, _twin.Plan, _twin.RestVolts, _measurementRange, shots, fitConstants, _twin.Readout.OffsetVolts);
        if (problem.At([.. _twin.Constants.Select(constant => constant.Value), _twin.Readout.Gain, _twin.Readout.OffsetVolts]) is not GreyBoxPoint start)
        {
            throw new InvalidOperationException($"The error of the grey box of {_twin.System} is not finite in refit {refit}; what was measured is not.");
        }

        GreyBoxPoint point = GreyBoxSteps.Run(problem, start, fitConstants ? _settings.EquationSteps : 1, _settings.Ridge, null, CancellationToken.None);
        if (point.SquaredError < start.SquaredError) { _twin = problem.TwinAt(point.Values); }
    }
}
