namespace PnnEdge.Firmware.Core.Setup
{
    /// <summary>The network whose name and password the platform keeps.</summary>
    public interface ISetupNetwork
    {
        bool IsConnected();

        /// <summary>Joins, and keeps name and password; false when no address came by this very password.</summary>
        bool Connect(string ssid, string password);
    }
}
