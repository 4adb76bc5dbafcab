using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Programs;

namespace PnnEdge.VirtualDevice;

/// <summary>What becomes of a package that a virtual device starts.</summary>
public enum VirtualStart
{
    Works,

    /// <summary>Throws before it drives anything: the loader starts the device anew.</summary>
    Crashes,

    /// <summary>Never comes round: only whoever takes its power away ends it.</summary>
    Hangs,
}

/// <summary>
/// The loader of a virtual device: the firmware's own choice of a package, and its counting. It cannot run nanoFramework code; what runs is the
/// simulator's own firmware under the package's version.
/// </summary>
/// <param name="factoryVersion">Of the device as it was made.</param>
/// <param name="start">From the package's last assembly to what becomes of it.</param>
public sealed class VirtualFirmware(string factoryVersion, Func<byte[], VirtualStart> start)
{
    /// <summary>Chooses as a board's loader does, crashes included, and leaves the chosen version on <paramref name="board"/>.</summary>
    public (BootInfo Boot, bool Hangs) Start(Board board, IStorage storage)
    {
        while (true)
        {
            board.FirmwareVersion = factoryVersion;
            BootChooser chooser = new(board, storage, new HostCrc32(), new HostMac());
            BootInfo boot = chooser.Choose();
            FirmwareLayout? package = chooser.Package;
            board.FirmwareVersion = package?.Version ?? factoryVersion;
            VirtualStart became = package is null ? VirtualStart.Works : start(package.Assembly(package.Assemblies - 1));
            if (became != VirtualStart.Crashes) { return (boot, became == VirtualStart.Hangs); }
        }
    }
}
