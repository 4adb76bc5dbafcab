using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers;
using PnnEdge.Firmware.Drivers.Microchip;

namespace PnnEdge.Firmware.Esp32.Converters
{
    /// <summary>One output of an MCP4922.</summary>
    public sealed class Mcp4922Output : IWordOutput
    {
        private readonly Mcp4922 _chip;
        private readonly int _channel;

        public Mcp4922Output(Mcp4922 chip, int channel)
        {
            _chip = chip;
            _channel = channel;
        }

        public bool Write(int code) => _chip.Write(_channel, code) == ChipResult.Ok;
    }

    /// <summary>The output of an MCP4725, read back at every write.</summary>
    public sealed class Mcp4725Output : IWordOutput
    {
        private readonly Mcp4725 _chip;

        public Mcp4725Output(Mcp4725 chip)
        {
            _chip = chip;
        }

        public bool Write(int code) => _chip.Write(code) == ChipResult.Ok;
    }

    /// <summary>One input of an MCP3208.</summary>
    public sealed class Mcp3208Input : IWordInput
    {
        private readonly Mcp3208 _chip;
        private readonly int _channel;

        public Mcp3208Input(Mcp3208 chip, int channel)
        {
            _chip = chip;
            _channel = channel;
        }

        public int Read() => _chip.Read(_channel);
    }
}
