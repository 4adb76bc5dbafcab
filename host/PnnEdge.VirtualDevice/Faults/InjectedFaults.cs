using PnnEdge.Firmware.Core;
using PnnEdge.Physics.Channel;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Faults;

/// <summary>Faults of a virtual device: of its converters, or of the device itself. What the physics does wrong is injected there.</summary>
/// <remarks>
/// From the fault's first shot on, what the catalogue's magnitude means here (ours):
/// <list type="bullet">
/// <item><c>adc.stuck</c>: that bit of every measured word reads 1.</item>
/// <item><c>adc.clip</c>: the front end saturates at that fraction of either end of its range.</item>
/// <item><c>adc.inl</c>: a bow of that many codes in the middle of the range, none at its ends.</item>
/// <item><c>dac.gain</c>: the drive puts out so much more, as far as its range goes.</item>
/// <item><c>dac.stuck</c>: that static output stays at its safe value, whatever it is set to; the board does not notice.</item>
/// <item><c>xtalk</c>: that fraction of the sample before is measured with each; the neighbour in time, for there is one channel.</item>
/// <item><c>param.stale</c>: one block is played with a set so many versions older (or as old as there are).</item>
/// <item><c>param.bitflip</c>: in the next set that arrives so many bits are others, after its CRC was found right.</item>
/// <item><c>dev.reboot</c>: the device restarts instead of playing, so many times in a row.</item>
/// </list>
/// </remarks>
public sealed class InjectedFaults
{
    /// <exception cref="ArgumentException">A fault that belongs elsewhere.</exception>
    public InjectedFaults(IReadOnlyList<NamedFault> faults)
    {
        foreach (NamedFault fault in faults.Where(fault => !IsTaken(fault.Kind)))
        {
            throw new ArgumentException(
                $"Asked a virtual device for fault {FaultCatalog.Of(fault.Kind).Name}, which belongs to {FaultCatalog.Of(fault.Kind).Place}; it can inject {FaultCatalog.Names(known => IsTaken(known.Kind))}.",
                nameof(faults));
        }

        OfConverters = [.. faults.Where(fault => FaultCatalog.Of(fault.Kind).Place == FaultPlace.Converters)];
        OfDevice = [.. faults.Where(fault => FaultCatalog.Of(fault.Kind).Place == FaultPlace.Device)];
    }

    public static InjectedFaults None { get; } = new([]);

    public IReadOnlyList<NamedFault> OfConverters { get; }

    public IReadOnlyList<NamedFault> OfDevice { get; }

    /// <summary>Ramps of the room's temperature (<c>temp.ramp</c>): the physics answers to them, the board's thermometer only shows them.</summary>
    public IReadOnlyList<NamedFault> OfRoom { get; init; } = [];

    /// <exception cref="ArgumentException">A bit that the board's measuring converter does not have, or a static output that the board does not; one sentence.</exception>
    public void RequireOn(Board board)
    {
        int outputs = board.Count(ChannelRole.Actuator);
        foreach (NamedFault stuck in OfConverters.Where(fault => fault.Kind == FaultKind.DacStuck && fault.Magnitude >= outputs))
        {
            throw new ArgumentException(
                $"Asked fault {FaultCatalog.Of(stuck.Kind).Name} for static output {stuck.Magnitude}; {board.Name} has {(outputs == 0 ? "none" : outputs == 1 ? "one, 0" : $"0 to {outputs - 1}")}.");
        }

        foreach (NamedFault stuck in OfConverters.Where(fault => fault.Kind == FaultKind.AdcStuck))
        {
            int bits = board.OfRole(ChannelRole.Measurement)[0].Bits;
            if (!(stuck.Magnitude >= 0 && stuck.Magnitude < bits && stuck.Magnitude == Math.Truncate(stuck.Magnitude)))
            {
                throw new ArgumentException(
                    $"Asked fault {FaultCatalog.Of(stuck.Kind).Name} for bit {stuck.Magnitude}; the measuring converter of {board.Name} has bits 0 to {bits - 1}.");
            }
        }
    }

    /// <summary>Can a virtual device inject it, where its board has what the fault is of?</summary>
    public static bool IsTaken(FaultKind kind) => FaultCatalog.Of(kind).Place is FaultPlace.Converters or FaultPlace.Device;
}
