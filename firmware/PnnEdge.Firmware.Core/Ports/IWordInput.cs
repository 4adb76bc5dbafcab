namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>One input that is read word by word.</summary>
    public interface IWordInput
    {
        /// <summary>A code of at least 0; less when there was no reading.</summary>
        int Read();
    }
}
