namespace PnnEdge.Physics.Circuit;

/// <summary>
/// A diode-connected MOSFET across a capacitor, fed through a resistor and a choke:
/// L di/dt = u − (Rs + R)i − v and C dv/dt = i − I_D(v) − v/Rp; or, where the choke is missing, through an RC ladder:
/// C1 dm/dt = (u − m)/(Rs + R) − (m − v)/R2 and C dv/dt = (m − v)/R2 − I_D(v) − v/Rp.
/// </summary>
/// <remarks>
/// Wright et al. (arXiv 2104.13386) publish the circuit's kind, not its values: every number here is ours,
/// 2N7000-like for the transistor. Ranges are in <see cref="CircuitParameterRanges"/>.
/// </remarks>
public readonly record struct CircuitParameters
{
    public CircuitParameters()
    {
    }

    /// <summary>The default circuit: 15.2 kHz, played at 1 MS/s.</summary>
    public static CircuitParameters Nominal { get; } = new();

    /// <summary>
    /// The same circuit with parts that can be bought for a codec board: 1.57 kHz, played at 96 kS/s (hardware/electronic/rlc_transistor_96k.cir).
    /// Half of the loop's resistance is the choke's copper.
    /// </summary>
    public static CircuitParameters CodecRate { get; } = new()
    {
        SampleRateHz = 96e3,
        InductanceHenry = 47e-3,
        CapacitanceFarad = 220e-9,
        SourceResistanceOhm = 110,
        SeriesResistanceOhm = 91,
    };

    /// <summary>What fits a board of 250 S/s, where the choke would need 20 H: two sections of 47 ms (hardware/electronic/rc_transistor_250.cir).</summary>
    public static CircuitParameters SlowRate { get; } = new()
    {
        SampleRateHz = 250,
        InductanceHenry = 0,
        SourceResistanceOhm = 0, // an amplifier's milliohms before 10 kΩ
        SeriesResistanceOhm = 10e3,
        MiddleCapacitanceFarad = 4.7e-6,
        SecondResistanceOhm = 10e3,
        CapacitanceFarad = 4.7e-6,
        ParallelResistanceOhm = 1e6,
    };

    public double SampleRateHz { get; init; } = 1e6;

    /// <summary>L; 0 in a ladder.</summary>
    public double InductanceHenry { get; init; } = 5e-3;

    /// <summary>C, at the node; a ladder's C2.</summary>
    public double CapacitanceFarad { get; init; } = 22e-9;

    /// <summary>Rs: what the driving amplifier and the choke's copper add.</summary>
    public double SourceResistanceOhm { get; init; } = 50;

    /// <summary>R, a ladder's R1: the resistor that a builder solders in.</summary>
    public double SeriesResistanceOhm { get; init; } = 150;

    /// <summary>C1 of a ladder; 0 beside a choke.</summary>
    public double MiddleCapacitanceFarad { get; init; }

    /// <summary>R2 of a ladder; 0 beside a choke.</summary>
    public double SecondResistanceOhm { get; init; }

    /// <summary>Rp, across the node's capacitor.</summary>
    public double ParallelResistanceOhm { get; init; } = 100e3;

    /// <summary>Vth.</summary>
    public double ThresholdVolts { get; init; } = 2.1;

    /// <summary>β, A/V².</summary>
    public double TransconductanceAmperePerSquareVolt { get; init; } = 0.10;

    /// <summary>n of the EKV channel.</summary>
    public double SlopeFactor { get; init; } = 1.5;

    /// <summary>Is of the body diode.</summary>
    public double SaturationAmpere { get; init; } = 1e-11;

    /// <summary>n_d of the body diode.</summary>
    public double DiodeEmissionFactor { get; init; } = 1.6;

    /// <summary>Vt = kT/q; held fixed, because the drift coefficients of Vth and β already hold temperature's effect.</summary>
    public double ThermalVolts { get; init; } = 25.85e-3;

    /// <summary>Rs + R.</summary>
    public double LoopResistanceOhm => SourceResistanceOhm + SeriesResistanceOhm;

    public double SamplePeriodSeconds => 1 / SampleRateHz;

    /// <summary>It has no choke.</summary>
    public bool IsLadder => InductanceHenry == 0;

    /// <summary>As benches, models and messages call it.</summary>
    public string SystemName => IsLadder ? "ladder" : "circuit";
}
