using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>The simulated converters of a board.</summary>
internal static class BoardConverters
{
    /// <param name="lagOf">Of a codec board, from a block's first shot to its lag, samples; null for one drawn by chance.</param>
    /// <param name="unit">What is not exact about them; null for exact ones. A codec board's are exact.</param>
    public static IVirtualConverters Of(
        Board board, IBenchPhysics bench, double sampleRateHz, InjectedFaults faults, TimeProvider time, Pacing pacing, ShotClock? shotClock, Func<ulong, double>? lagOf = null,
        ConverterUnit? unit = null) =>
        board.LagSamples > 0
            ? new VirtualCodecs(board, bench, sampleRateHz, faults, time, pacing, shotClock, lagOf)
            : new VirtualConverters(board, bench, sampleRateHz, faults, time, pacing, shotClock, unit);
}
