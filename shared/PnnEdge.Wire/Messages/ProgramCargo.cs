namespace PnnEdge.Wire.Messages
{
    /// <summary>What travels in pieces.</summary>
    public enum ProgramCargo : ushort
    {
        /// <summary>A trained network for the device to run.</summary>
        Program = 0,

        /// <summary>The device's own firmware, for its next start.</summary>
        Firmware = 1,
    }
}
