namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>What the board itself can look at: the input of a program that runs on its timer.</summary>
    public interface ILocalInput
    {
        /// <summary>Can it fill so many features?</summary>
        bool Fits(int features);

        /// <summary>
        /// Fills <paramref name="features"/>, as many as the program takes, in the network's own order; false when there is nothing to look at now.
        /// Takes a few milliseconds at most: lease, interlock and watchdog wait meanwhile.
        /// </summary>
        bool Read(float[] features);
    }
}
