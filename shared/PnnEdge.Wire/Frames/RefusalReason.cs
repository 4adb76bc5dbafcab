namespace PnnEdge.Wire.Frames
{
    /// <summary>Why a frame was not obeyed. Refusals are answers and counters, never exceptions.</summary>
    public enum RefusalReason : byte
    {
        Accepted = 0,
        TooShort = 1,
        WrongMagic = 2,
        WrongVersion = 3,
        TooLong = 4,
        WrongLength = 5,
        WrongCrc = 6,
        UnknownKind = 7,

        /// <summary>A kind that travels the other way.</summary>
        WrongDirection = 8,
        Retained = 9,
        WrongBoot = 10,
        Expired = 11,
        DeadlineTooFar = 12,
        WrongEpoch = 13,

        /// <summary>Another host holds the lease.</summary>
        LeaseHeld = 14,
        NotArmed = 15,
        Faulted = 16,

        /// <summary>At or below the newest sequence and no longer cached.</summary>
        StaleSequence = 17,

        /// <summary>The sequence is cached, but for other shots.</summary>
        FrameIdReused = 18,
        NoPlan = 19,
        WrongRun = 20,
        PlanUnsupported = 21,

        /// <summary>The named parameter version is not on the device.</summary>
        UnknownParameters = 22,
        WrongParameterHash = 23,
        NotFinite = 24,
        OutOfRange = 25,
        SlewExceeded = 26,
        UnknownCommand = 27,

        /// <summary>No trained network is deployed to the device.</summary>
        NoProgram = 28,

        /// <summary>The device's state does not allow it.</summary>
        WrongState = 29,
        ReservedNotZero = 30,

        /// <summary>The inbox was full; the frame was dropped unread.</summary>
        InboxFull = 31,

        /// <summary>The program's tag is not one of the device's key.</summary>
        WrongTag = 32,

        /// <summary>The program is broken, or not for this device; the detail is a <see cref="Messages.ProgramFlaw"/>.</summary>
        ProgramRefused = 33,
    }

    public static class RefusalReasons
    {
        /// <summary>Length of a table of counters by reason.</summary>
        public const int Count = 34;
    }
}
