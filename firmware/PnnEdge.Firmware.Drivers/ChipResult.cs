namespace PnnEdge.Firmware.Drivers
{
    /// <summary>How a chip was served. A reading is a code of at least 0, or minus one of these.</summary>
    public enum ChipResult
    {
        Ok = 0,

        /// <summary>A code or channel that the chip does not have: nothing went over the bus.</summary>
        Refused = 1,

        /// <summary>Not acknowledged, or the transfer was cut short.</summary>
        NoAnswer = 2,

        /// <summary>Bits that the data sheet fixes came back otherwise, or a register did not keep what was written.</summary>
        WrongAnswer = 3,

        /// <summary>The chip was still busy after as many questions as a conversion may take.</summary>
        NotReady = 4,
    }
}
