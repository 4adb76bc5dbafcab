namespace PnnEdge.Firmware.Core.Setup
{
    /// <summary>A serial line to whoever sets the device up.</summary>
    public interface ISetupLine
    {
        /// <summary>The first <paramref name="count"/> bytes; they may be reused as soon as this returns.</summary>
        void Write(byte[] bytes, int count);
    }
}
