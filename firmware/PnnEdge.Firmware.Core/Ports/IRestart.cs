namespace PnnEdge.Firmware.Core.Ports
{
    public interface IRestart
    {
        /// <summary>Starts the device anew, the loader first. May return before that happens.</summary>
        void Restart();
    }
}
