namespace PnnEdge.Wire.Messages
{
    /// <summary>What is wrong with a refused program or firmware package: the detail of the reply.</summary>
    public enum ProgramFlaw : byte
    {
        None = 0,

        /// <summary>Not the piece that is wanted next; possible = its first byte.</summary>
        Chunk = 1,

        /// <summary>Possible = longest program, bytes.</summary>
        TooLong = 2,
        WrongCrc = 3,

        /// <summary>The device has no key, and so no program can be its own.</summary>
        NoKey = 4,

        /// <summary>Possible = the device's format.</summary>
        Format = 5,

        /// <summary>Counts, tables and length do not agree.</summary>
        Shape = 6,
        NotFinite = 7,

        /// <summary>Its shots are none for this board; possible = the <see cref="PlanLimit"/> that they break.</summary>
        Plan = 8,

        /// <summary>It would drive beyond the stimulus channel's limits.</summary>
        Stimulus = 9,

        /// <summary>Beyond a bank's limits, or too large a step; possible = the actuator's index.</summary>
        Actuators = 10,

        /// <summary>Loaded, it takes too much memory; possible = bytes, 0 where a package found no room at all.</summary>
        Memory = 11,

        /// <summary>It could not be stored; the program before it stays.</summary>
        Storage = 12,

        /// <summary>The package is for a board of another name.</summary>
        Board = 13,

        /// <summary>The package speaks another protocol; possible = the device's number.</summary>
        Protocol = 14,

        /// <summary>The firmware that runs has not confirmed itself yet, and the one it would fall back to must not be overwritten.</summary>
        OnTrial = 15,

        /// <summary>It has a timer, and the board no input of its own that gives so many features.</summary>
        LocalInput = 16,
    }
}
