namespace PnnEdge.Firmware.Core.Tests.Cost;

/// <summary>What the interpreter pays for differently.</summary>
public enum OperationKind
{
    /// <summary>Loads, stores, arithmetic, comparisons, branches.</summary>
    Simple,

    /// <summary>An element of an array, read or written with its bounds check.</summary>
    Element,

    /// <summary>A call whose target is known.</summary>
    Call,

    /// <summary>A call through an object: virtual, interface or delegate.</summary>
    VirtualCall,

    /// <summary>An object or array.</summary>
    New,
}

/// <summary>How often each operation was executed.</summary>
/// <param name="Counts">[kind].</param>
public sealed record OperationCount(IReadOnlyList<long> Counts)
{
    // ns on an x64 host of the 1.17 interpreter, measured: an empty loop pass 32 (seven simple instructions, two of them taken together), an array read 42 with
    // three simple ones around it, a static call 67, an interface call 154, a new object 215.
    private static readonly double[] HostNanos = [5, 24, 55, 140, 215];

    // An ESP32 interprets 100 to 200 times slower than that host.
    private const double EspFactor = 150;

    public long this[OperationKind kind] => Counts[(int)kind];

    public long Total => Counts.Sum();

    /// <summary>On an ESP32, from the table; half to one and a half of it is as likely.</summary>
    public double EstimatedMicros => EspFactor * Counts.Select((count, kind) => count * HostNanos[kind]).Sum() / 1000;

    public override string ToString() => FormattableString.Invariant(
        $"{Total:N0} operations ({this[OperationKind.Element]:N0} elements, {this[OperationKind.Call]:N0} calls, {this[OperationKind.VirtualCall]:N0} virtual, {this[OperationKind.New]:N0} new), about {EstimatedMicros:N0} µs on an ESP32");
}
