using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>The simulated converters of a board.</summary>
internal static class BoardConverters
{
    public static IVirtualConverters Of(
        Board board, IBenchPhysics bench, double sampleRateHz, InjectedFaults faults, TimeProvider time, Pacing pacing, ShotClock? shotClock) =>
        board.LagSamples > 0
            ? new VirtualCodecs(board, bench, sampleRateHz, faults, time, pacing, shotClock)
            : new VirtualConverters(board, bench, sampleRateHz, faults, time, pacing, shotClock);
}
