namespace PnnEdge.Physics.Circuit;

/// <summary>
/// I_D(v), the current through the diode-connected MOSFET: EKV channel and body diode, as written in the equations,
/// in double precision. <see cref="CircuitForward"/> holds the single-precision form; a test compares them.
/// </summary>
/// <remarks>
/// 2nβVt²[ln²(1+e^{(v−Vth)/(2nVt)}) − ln²(1+e^{(v−Vth−nv)/(2nVt)})] − Is(e^{−v/(n_d·Vt)} − 1).
/// Enz, Krummenacher and Vittoz (1995) for the channel, Shockley for the diode.
/// </remarks>
public static class CircuitLaw
{
    /// <param name="volts">v across the transistor, V.</param>
    /// <returns>A, positive from drain to source.</returns>
    public static double CurrentAmpere(in CircuitParameters p, double volts)
    {
        double twoSlopeVolts = 2 * p.SlopeFactor * p.ThermalVolts;
        double forward = Softplus((volts - p.ThresholdVolts) / twoSlopeVolts);
        double reverse = Softplus((volts - p.ThresholdVolts - p.SlopeFactor * volts) / twoSlopeVolts);
        return ChannelScaleAmpere(p) * (forward * forward - reverse * reverse)
            - p.SaturationAmpere * (Math.Exp(-volts / (p.DiodeEmissionFactor * p.ThermalVolts)) - 1);
    }

    /// <returns>dI_D/dv, S.</returns>
    public static double ConductanceSiemens(in CircuitParameters p, double volts)
    {
        double twoSlopeVolts = 2 * p.SlopeFactor * p.ThermalVolts;
        double diodeVolts = p.DiodeEmissionFactor * p.ThermalVolts;
        double forward = (volts - p.ThresholdVolts) / twoSlopeVolts;
        double reverse = (volts - p.ThresholdVolts - p.SlopeFactor * volts) / twoSlopeVolts;
        return ChannelScaleAmpere(p) * 2
                * (Softplus(forward) * Logistic(forward) - (1 - p.SlopeFactor) * Softplus(reverse) * Logistic(reverse)) / twoSlopeVolts
            + p.SaturationAmpere / diodeVolts * Math.Exp(-volts / diodeVolts);
    }

    /// <summary>EKV's specific current 2nβVt², A.</summary>
    public static double ChannelScaleAmpere(in CircuitParameters p) =>
        2 * p.SlopeFactor * p.TransconductanceAmperePerSquareVolt * p.ThermalVolts * p.ThermalVolts;

    // Written with e^−|x| so that neither side can overflow.
    private static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    // Kahan's form: double.LogP1 is log(1 + x), which forgets a small x.
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
