namespace PnnEdge.Physics.Plate;

/// <summary>
/// What one mode and the microphone's low-pass do in one step of the scheme while the coil pulls with Bl(0)·i: exact for
/// the damped oscillator, linear in (q, q′) and in the (u, e, i) of <see cref="CoilStep"/>.
/// </summary>
/// <param name="Displacement">Row that gives q after the step.</param>
/// <param name="Velocity">Row that gives q′ after it.</param>
/// <param name="Heard">Row that gives the mode's share in z after it; z itself also keeps e^−ω_l·step of what it was.</param>
internal readonly record struct ModeStep(ModeRow Displacement, ModeRow Velocity, ModeRow Heard)
{
    // Gauss and Legendre's four points: exact to the seventh power of a phase below 0.5 rad.
    private static readonly double[] Places = [0.069431844202973712, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629];
    private static readonly double[] Weights = [0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693];

    /// <summary>Where in a step the coil's current is asked for, in steps.</summary>
    public static ReadOnlySpan<double> CoilPlaces => Places;

    /// <param name="radPerSecond">ω of the mode; 0 for the whole's motion.</param>
    /// <param name="damping">ζ, below 1.</param>
    /// <param name="newtonShape">D·Bl(0)/m: q″ per ampere.</param>
    /// <param name="heardShape">C.</param>
    /// <param name="microphoneRadPerSecond">ω_l.</param>
    /// <param name="stepSeconds">The step.</param>
    /// <param name="coil">[place], the coil from the step's start to each of <see cref="CoilPlaces"/>.</param>
    public static ModeStep Of(
        double radPerSecond, double damping, double newtonShape, double heardShape, double microphoneRadPerSecond, double stepSeconds, ReadOnlySpan<CoilStep> coil)
    {
        // z − a·q − b·q′ decays at ω_l whatever the free mode does.
        double low = microphoneRadPerSecond;
        double b = heardShape * low * low / (radPerSecond * radPerSecond - 2 * damping * radPerSecond * low + low * low);
        double a = b * radPerSecond * radPerSecond / low;

        Free free = Free.After(radPerSecond, damping, stepSeconds);
        double heardKept = Math.Exp(-low * stepSeconds);
        var displacement = new ModeRow(free.FromDisplacement, free.FromVelocity, 0, 0, 0);
        var velocity = new ModeRow(free.SlopeFromDisplacement, free.SlopeFromVelocity, 0, 0, 0);
        var heard = new ModeRow(-heardKept * a, -heardKept * b, 0, 0, 0);
        for (int n = 0; n < coil.Length; n++)
        {
            double left = (1 - Places[n]) * stepSeconds;
            double push = Weights[n] * stepSeconds * newtonShape;
            Free rest = Free.After(radPerSecond, damping, left);
            displacement = displacement.Pushed(push * rest.FromVelocity, coil[n]);
            velocity = velocity.Pushed(push * rest.SlopeFromVelocity, coil[n]);
            heard = heard.Pushed(-push * b * Math.Exp(-low * left), coil[n]);
        }

        return new ModeStep(displacement, velocity, heard.Plus(a, displacement).Plus(b, velocity));
    }

    // q and q′ of the free damped oscillator after some time.
    private readonly record struct Free(double FromDisplacement, double FromVelocity, double SlopeFromDisplacement, double SlopeFromVelocity)
    {
        public static Free After(double radPerSecond, double damping, double seconds)
        {
            if (radPerSecond == 0)
            {
                return new Free(1, seconds, 0, 1);
            }

            double ringing = radPerSecond * Math.Sqrt(1 - damping * damping);
            double decay = damping * radPerSecond;
            double kept = Math.Exp(-decay * seconds);
            (double sine, double cosine) = Math.SinCos(ringing * seconds);
            double fromVelocity = kept * sine / ringing;
            return new Free(
                kept * cosine + decay * fromVelocity,
                fromVelocity,
                -radPerSecond * radPerSecond * fromVelocity,
                kept * cosine - decay * fromVelocity);
        }
    }
}

/// <summary>One row of a step: what each of q, q′, u, e and i at its start adds.</summary>
internal readonly record struct ModeRow(double FromDisplacement, double FromVelocity, double FromDrive, double FromVolts, double FromAmpere)
{
    /// <summary>Also pushed by <paramref name="factor"/> times the current that <paramref name="coil"/> gives.</summary>
    public ModeRow Pushed(double factor, in CoilStep coil) => this with
    {
        FromDrive = FromDrive + factor * coil.AmpereFromDrive,
        FromVolts = FromVolts + factor * coil.AmpereFromVolts,
        FromAmpere = FromAmpere + factor * coil.AmpereKept,
    };

    public ModeRow Plus(double factor, in ModeRow row) => new(
        FromDisplacement + factor * row.FromDisplacement,
        FromVelocity + factor * row.FromVelocity,
        FromDrive + factor * row.FromDrive,
        FromVolts + factor * row.FromVolts,
        FromAmpere + factor * row.FromAmpere);
}
