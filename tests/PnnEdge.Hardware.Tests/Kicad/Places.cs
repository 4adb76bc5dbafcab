namespace PnnEdge.Hardware.Tests.Kicad;

/// <summary>A place on the sheet, in hundredths of a micrometre, so that equal places are equal.</summary>
internal readonly record struct Place(long X, long Y)
{
    public static Place Of(double xMillimetre, double yMillimetre) => new((long)Math.Round(xMillimetre * 1e5), (long)Math.Round(yMillimetre * 1e5));

    public static Place Of(Sexp at) => Of(at.Number(1), at.Number(2));

    /// <summary>Where a symbol's pin lies on the sheet: symbols count upwards and turn anticlockwise, sheets count downwards.</summary>
    public static Place OfPin(Sexp symbolAt, Sexp pinAt)
    {
        double x = pinAt.Number(1), y = pinAt.Number(2);
        for (int turn = 0; turn < (int)symbolAt.Number(3); turn += 90) { (x, y) = (-y, x); }
        return Of(symbolAt.Number(1) + x, symbolAt.Number(2) - y);
    }

    public bool LiesOn(Place a, Place b) =>
        (a.X == b.X && X == a.X && Y >= Math.Min(a.Y, b.Y) && Y <= Math.Max(a.Y, b.Y))
        || (a.Y == b.Y && Y == a.Y && X >= Math.Min(a.X, b.X) && X <= Math.Max(a.X, b.X));
}

/// <summary>Which places are one net.</summary>
internal sealed class Joints
{
    private readonly Dictionary<Place, Place> _parents = [];

    public Place Root(Place place)
    {
        Place at = place;
        while (_parents.TryGetValue(at, out Place parent) && parent != at) { at = parent; }
        return at;
    }

    public void Join(Place a, Place b) => _parents[Root(a)] = Root(b);
}
