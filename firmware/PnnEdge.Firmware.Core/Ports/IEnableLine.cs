namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>The line to the retriggerable monostable that keeps a bench connected, and which a pull-down holds low through every reset.</summary>
    public interface IEnableLine
    {
        /// <summary>One edge of the pulse train.</summary>
        void Toggle();

        /// <summary>Low at once; the monostable runs out by itself.</summary>
        void Release();
    }
}
