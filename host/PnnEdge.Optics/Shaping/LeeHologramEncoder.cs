using System.Numerics;

namespace PnnEdge.Optics.Shaping;

/// <summary>
/// Frames of a digital micromirror device (DMD), whose mirrors send light into the beam or out of it. Every column is a binary amplitude grating
/// along its rows, read in the first order: the fringes' offset is the phase there, their duty cycle w gives the amplitude sin(πw), which is 1
/// for w = ½ (Lee, Appl. Opt. 18, 3661, 1979).
/// </summary>
/// <remarks>
/// K fringes over R rows without a common factor, so that no two rows stand at the same place of their fringe: taken along the fringe, rows are
/// 1/R of it apart. The mirrors that are on are n neighbours there, and the first order has exactly sin(πn/R), at the phase of their middle, which
/// comes in steps of 2π/R for odd n and lies between those for even n. The best of three n is at most π/(√2·R) from any field. A column is in that one
/// super-pixel of R mirrors (Goorden et al., Opt. Express 22, 17999, 2014). Rows are taken to be lit alike.
/// </remarks>
public sealed class LeeHologramEncoder : FrameEncoder
{
    /// <summary>The grey level of a mirror that sends light into the beam; 0 is one that does not.</summary>
    public const byte On = 255;

    /// <summary>At two rows a fringe's first orders on either side fall together, and no phase is left; here they are a fifth of the mirrors' own order apart.</summary>
    public const double ShortestPeriodRows = 2.5;

    /// <summary>Below, the light that stays in the zeroth order lies too near to the first one for an iris.</summary>
    public const int FewestFringes = 8;

    private readonly int[] _rowOfStep;
    private readonly Complex[] _phasorOfRow;

    /// <inheritdoc/>
    /// <param name="fringes">Over all rows.</param>
    public LeeHologramEncoder(SpectralAxis axis, WavelengthBins channels, int rows, int fringes, double[] channelRad)
        : base(axis, channels, rows, channelRad)
    {
        Require(rows, fringes);
        (_rowOfStep, _phasorOfRow) = (new int[rows], new Complex[rows]);
        double ofFull = rows * Math.Sin(Math.PI / rows); // the first order of a duty cycle of ½ has 1/this of the light's field
        for (int row = 0; row < rows; row++)
        {
            int step = (int)((long)fringes * row % rows);
            _rowOfStep[step] = row;
            _phasorOfRow[row] = Complex.FromPolarCoordinates(ofFull, -2 * Math.PI * step / rows);
        }
    }

    public override double AmplitudeStep => Math.Sqrt(2) * Math.PI / Rows;

    /// <summary>Parked mirrors have no fringes.</summary>
    public override double AmplitudeAtRest => 0;

    protected override void Write(double amplitude, double phaseRad, Span<byte> column)
    {
        (int start, int count) = Nearest(Complex.FromPolarCoordinates(Math.Abs(amplitude), amplitude < 0 ? phaseRad + Math.PI : phaseRad));
        column.Clear();
        for (int step = start; step < start + count; step++) { column[_rowOfStep[Modulo(step)]] = On; }
    }

    protected override Complex Sum(ReadOnlySpan<byte> levels, int count)
    {
        double real = 0, imaginary = 0;
        for (int row = 0; row < Rows; row++)
        {
            int mirrors = 0;
            foreach (byte level in levels.Slice(row * Columns, count)) { mirrors += level >> 7; }
            real += mirrors * _phasorOfRow[row].Real;
            imaginary += mirrors * _phasorOfRow[row].Imaginary;
        }

        return new Complex(real, imaginary);
    }

    /// <returns>The steps along the fringe whose first order is nearest to the field: from which one on, and how many.</returns>
    private (int Start, int Count) Nearest(Complex field)
    {
        double middle = -field.Phase / (2 * Math.PI) * Rows;
        int about = (int)Math.Round(Math.Asin(Math.Min(1, field.Magnitude)) / Math.PI * Rows);
        (int Start, int Count) best = (0, 0);
        double leastOff = field.Magnitude;
        for (int count = Math.Max(1, about - 1); count <= about + 1; count++)
        {
            double start = Math.Round(middle - ((count - 1) / 2.0));
            double off = (Complex.FromPolarCoordinates(Math.Sin(Math.PI * count / Rows), -2 * Math.PI / Rows * (start + ((count - 1) / 2.0))) - field).Magnitude;
            if (off < leastOff) { (best, leastOff) = (((int)start, count), off); }
        }

        return best;
    }

    private int Modulo(int step) => ((step % Rows) + Rows) % Rows;

    private static void Require(int rows, int fringes)
    {
        int most = (int)(rows / ShortestPeriodRows);
        if (most < FewestFringes) { throw new ArgumentException($"A DMD encodes in {FewestFringes * ShortestPeriodRows} rows at least; asked were {rows} rows.", nameof(rows)); }
        if (fringes < FewestFringes || fringes > most)
        {
            throw new ArgumentException(
                $"A DMD of {rows} rows has {FewestFringes} to {most} fringes, a fringe {ShortestPeriodRows} rows at least; asked were {fringes} fringes.", nameof(fringes));
        }

        int places = rows / Common(rows, fringes);
        if (places < rows)
        {
            int near = Enumerable.Range(FewestFringes, most - FewestFringes + 1).Where(other => Common(rows, other) == 1).MinBy(other => Math.Abs(other - fringes));
            throw new ArgumentException(
                $"{fringes} fringes over {rows} rows repeat themselves every {places} rows, which leaves {places} places in a fringe of {rows}; take a number of fringes without a common factor, such as {near}.", nameof(fringes));
        }
    }

    private static int Common(int rows, int fringes) => (int)BigInteger.GreatestCommonDivisor(rows, fringes);
}
