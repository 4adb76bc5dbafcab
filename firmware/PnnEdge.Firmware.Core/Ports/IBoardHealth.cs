namespace PnnEdge.Firmware.Core.Ports
{
    public interface IBoardHealth
    {
        /// <summary>True while the external interlock chain is closed.</summary>
        bool IsInterlockClosed();

        /// <summary>m°C, or Heartbeat.NoTemperature when the board has no sensor.</summary>
        int TemperatureMilliCelsius();

        /// <summary>
        /// What may still be allocated, bytes; on a board with a collector once it has collected, for only that shows a leak. Asked between transfers
        /// and never during one: finding out may take milliseconds.
        /// </summary>
        uint FreeMemoryBytes();

        /// <summary>Of the memory beside that one, where the libraries below the firmware keep buffers and connections, bytes; 0 where there is no such division.</summary>
        uint FreeNativeMemoryBytes();
    }
}
