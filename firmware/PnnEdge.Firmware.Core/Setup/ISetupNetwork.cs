namespace PnnEdge.Firmware.Core.Setup
{
    /// <summary>The network whose name and password the platform keeps.</summary>
    public interface ISetupNetwork
    {
        bool IsConnected();

        /// <summary>Keeps name and password, and joins; false when no address came.</summary>
        bool Connect(string ssid, string password);
    }
}
