namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>The chip's end of a Wi-Fi network.</summary>
    public interface IStation
    {
        bool HasAddress();

        /// <summary>Of the network that is joined at every start; both empty while there is none.</summary>
        void ReadKept(out string ssid, out string password);

        /// <summary>False when the address did not go.</summary>
        bool Leave();

        /// <summary>Keeps name and password and joins; false when no address came. With an address from a network of this name it looks at no password.</summary>
        bool Join(string ssid, string password);

        /// <summary>Keeps name and password and begins to join: whether it gets there is not waited for.</summary>
        void Return(string ssid, string password);
    }
}
