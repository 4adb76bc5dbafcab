using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.RaspberryPi.Buses;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>One input of an MCP3208, read several times in one message to the kernel: the mean of the codes.</summary>
internal sealed class Mcp3208Burst : IWordInput
{
    private readonly IBurstSpi _bus;
    private readonly int _reads;
    private readonly byte[] _write;
    private readonly byte[] _read;

    public Mcp3208Burst(IBurstSpi bus, int channel, int reads)
    {
        (_bus, _reads) = (bus, reads);
        _write = new byte[reads * Mcp3208.FrameBytes];
        _read = new byte[_write.Length];
        for (int at = 0; at < _write.Length; at += Mcp3208.FrameBytes) { Mcp3208.Ask(_write, at, channel); }
    }

    public int Read()
    {
        try
        {
            _bus.TransferFrames(_write, _read, Mcp3208.FrameBytes, _reads);
        }
        catch (IOException)
        {
            return -(int)ChipResult.NoAnswer;
        }

        int sum = 0;
        for (int at = 0; at < _read.Length; at += Mcp3208.FrameBytes)
        {
            int code = Mcp3208.Answer(_read, at);
            if (code < 0) { return code; }
            sum += code;
        }

        return WordInput.Mean(sum, _reads);
    }
}
