namespace PnnEdge.Physics.Plate;

/// <summary>One plate, speaker and microphone with its modes solved: the constants of <see cref="PlateParameters"/>' equations.</summary>
public sealed class PlateRig
{
    private readonly double[] _radPerSecond = new double[PlateModes.Count];
    private readonly double[] _damping = new double[PlateModes.Count];
    private readonly CoilStep[] _coilWithin;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PlateRig(in PlateParameters parameters)
        : this(PlateParameterRanges.Require(parameters), PlateModes.Of(parameters))
    {
    }

    private PlateRig(in PlateParameters parameters, PlateModes modes)
    {
        Parameters = parameters;
        Modes = modes;
        PlateBody plate = parameters.Plate;
        for (int k = 1; k < PlateModes.Count; k++)
        {
            double up = (k - 1) / (double)(PlateModes.Count - 2);
            _radPerSecond[k] = 2 * Math.PI * plate.UnitFrequencyHz * modes.SquaredWaveNumber[k] * parameters.FrequencyFactor;
            _damping[k] = parameters.DampingFactor * plate.LowestModeDamping * Math.Pow(plate.HighestModeDamping / plate.LowestModeDamping, up);
        }

        PlateParameterRanges.RequireFollowable(_radPerSecond[^1]);
        StepsPerSample = PlateParameterRanges.StepsPerSample(parameters.SampleRateHz);
        StepSeconds = parameters.SamplePeriodSeconds / StepsPerSample;
        Coil = CoilStep.Of(parameters, StepSeconds);
        _coilWithin = new CoilStep[ModeStep.CoilPlaces.Length];
        for (int n = 0; n < _coilWithin.Length; n++)
        {
            _coilWithin[n] = CoilStep.Of(parameters, ModeStep.CoilPlaces[n] * StepSeconds);
        }
    }

    public PlateParameters Parameters { get; }

    public PlateModes Modes { get; }

    /// <summary>[mode], ω_k, 1/s; 0 for the whole's motion.</summary>
    public IReadOnlyList<double> RadPerSecond => _radPerSecond;

    /// <summary>[mode], ζ_k.</summary>
    public IReadOnlyList<double> Damping => _damping;

    internal int StepsPerSample { get; }

    internal double StepSeconds { get; }

    internal CoilStep Coil { get; }

    /// <summary>g_k.</summary>
    public double StretchShape(int mode) => _radPerSecond[mode] / _radPerSecond[1];

    /// <summary>The same geometry, so the same modes, with other constants.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    internal PlateRig WithSameModes(in PlateParameters parameters) => new(PlateParameterRanges.Require(parameters), Modes);

    /// <param name="frequencyFactor">On this rig's ω_k: one shot's temperature.</param>
    /// <param name="dampingFactor">On this rig's ζ_k.</param>
    internal ModeStep StepOf(int mode, double frequencyFactor, double dampingFactor) => ModeStep.Of(
        _radPerSecond[mode] * frequencyFactor,
        _damping[mode] * dampingFactor,
        Modes.DriveShape[mode] * Parameters.Speaker.ForceFactorTeslaMetre / Parameters.Plate.Kilogram,
        Modes.MicrophoneShape[mode],
        2 * Math.PI * Parameters.Microphone.HighCornerHz,
        StepSeconds,
        _coilWithin);
}
