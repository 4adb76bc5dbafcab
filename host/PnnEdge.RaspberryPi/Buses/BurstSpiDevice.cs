using System.Device.Spi;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PnnEdge.RaspberryPi.Buses;

/// <summary>The kernel's SPI device, several transfers to a message. Little-endian Linux; words of 8 bits.</summary>
internal sealed class BurstSpiDevice : SpiDevice, IBurstSpi
{
    private const int WriteMode = 1, WriteBits = 3, WriteHertz = 4;

    private readonly SpiConnectionSettings _settings;
    private readonly SafeFileHandle _device;
    private readonly byte[] _write = GC.AllocateArray<byte>(SpiMessage.MostBytes, pinned: true);
    private readonly byte[] _read = GC.AllocateArray<byte>(SpiMessage.MostBytes, pinned: true);
    private readonly byte[] _message = new byte[SpiMessage.TransferBytes * SpiMessage.MostTransfers];

    /// <exception cref="IOException">It is not there, or does not take these settings.</exception>
    public BurstSpiDevice(string path, SpiConnectionSettings settings)
    {
        _settings = settings;
        _device = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Set(WriteMode, [(byte)settings.Mode]); // the same numbers: 1 is SPI_CPHA, 2 SPI_CPOL
        Set(WriteBits, [8]);
        Set(WriteHertz, BitConverter.GetBytes(settings.ClockFrequency));
    }

    public override SpiConnectionSettings ConnectionSettings => _settings;

    public void TransferFrames(byte[] write, byte[] read, int frameBytes, int frames)
    {
        int bytes = frameBytes * frames;
        write.AsSpan(0, bytes).CopyTo(_write);
        Send(frameBytes, frames);
        _read.AsSpan(0, bytes).CopyTo(read);
    }

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        writeBuffer.CopyTo(_write);
        Send(writeBuffer.Length, frames: 1);
        _read.AsSpan(0, readBuffer.Length).CopyTo(readBuffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => TransferFullDuplex(buffer, []);

    public override void Read(Span<byte> buffer)
    {
        _write.AsSpan(0, buffer.Length).Clear();
        Send(buffer.Length, frames: 1);
        _read.AsSpan(0, buffer.Length).CopyTo(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) { _device.Dispose(); }
        base.Dispose(disposing);
    }

    private void Send(int frameBytes, int frames)
    {
        SpiMessage.Put(_message, AddressOf(_write), AddressOf(_read), frameBytes, frames, _settings.ClockFrequency);
        if (IoControl(_device, (nuint)SpiMessage.RequestOf(frames), _message) < frameBytes * frames)
        {
            throw new IOException($"SPI message of {frames} transfers: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    private void Set(int number, byte[] value)
    {
        if (IoControl(_device, (nuint)SpiMessage.SettingOf(number, value.Length), value) < 0)
        {
            throw new IOException($"SPI settings: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    private static ulong AddressOf(byte[] pinned) => (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IoControl(SafeFileHandle device, nuint request, byte[] argument);
}
