namespace PnnEdge.Firmware.Core.Ports
{
    public interface IBoardHealth
    {
        /// <summary>True while the external interlock chain is closed.</summary>
        bool IsInterlockClosed();

        /// <summary>m°C, or Heartbeat.NoTemperature when the board has no sensor.</summary>
        int TemperatureMilliCelsius();

        uint FreeMemoryBytes();
    }
}
