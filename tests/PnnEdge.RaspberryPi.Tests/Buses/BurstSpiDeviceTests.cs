using System.Device.Spi;
using System.Diagnostics;
using System.Runtime.InteropServices;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Buses;

/// <summary>Our side of spidev against a stand-in for the kernel's, a few lines of C that Linux's own header compiles.</summary>
public sealed class BurstSpiDeviceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pnn-spidev-");

    [Fact]
    public void The_kernel_is_told_mode_clock_and_frames_and_its_answers_come_back()
    {
        nint kernel = Compiled();
        NativeLibrary.SetDllImportResolver(typeof(BurstSpiDevice).Assembly, (name, _, _) => name == "libc" ? kernel : 0);
        string device = Path.Combine(_folder.FullName, "spidev0.1");
        File.WriteAllText(device, string.Empty);
        using var spi = new BurstSpiDevice(device, new SpiConnectionSettings(0, 1) { ClockFrequency = 1_000_000 });
        OpenChip chip = OpenChip.Own(ChipKind.Mcp3208, spi, null);
        Assert.Equal(0x230, chip.Input!(5, 1).Read());
        Assert.Equal(0x231, chip.Input!(0, 3).Read()); // the mean of three
        Assert.Equal(
            """
            mode 0
            bits 8
            hertz 1000000
            message of 1
            3 bytes 07 40 00, 1000000 Hz, 8 bits, cs_change 0
            message of 3
            3 bytes 06 00 00, 1000000 Hz, 8 bits, cs_change 1
            3 bytes 06 00 00, 1000000 Hz, 8 bits, cs_change 1
            3 bytes 06 00 00, 1000000 Hz, 8 bits, cs_change 0

            """,
            Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<Said>(NativeLibrary.GetExport(kernel, "spidev_said"))()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Said();

    private nint Compiled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc") && File.Exists("/usr/include/linux/spi/spidev.h"), "skipped: gcc or Linux's headers not installed");
        string library = Path.Combine(_folder.FullName, "spidev.so");
        string source = Path.Combine(Repository.Root, "tests", "PnnEdge.RaspberryPi.Tests", "Buses", "spidev.c");
        using Process gcc = Process.Start("/usr/bin/gcc", ["-Wall", "-Werror", "-shared", "-fPIC", "-o", library, source]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        return NativeLibrary.Load(library);
    }
}
