namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>Small named records that survive a power cut.</summary>
    public interface IStorage
    {
        /// <summary>
        /// Fills <paramref name="into"/> from the record; the record's length in bytes, or -1 when there is no such record. Throws when it is not
        /// known whether there is one: "none" would let an epoch be issued twice.
        /// </summary>
        int Read(string name, byte[] into);

        /// <summary>Replaces the record; false when that failed. A cut while writing may lose this record, never another.</summary>
        bool Write(string name, byte[] data, int count);
    }
}
