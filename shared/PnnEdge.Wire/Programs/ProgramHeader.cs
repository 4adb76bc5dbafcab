namespace PnnEdge.Wire.Programs
{
    /// <summary>The first bytes of a program: named offsets (WIRE.md, table ProgramHeader). What follows them, <see cref="ProgramLayout"/> finds.</summary>
    public static class ProgramHeader
    {
        /// <summary>'P', 'N', 'N', 'P' as they stand in memory.</summary>
        public const uint Magic = 0x504E4E50;

        /// <summary>The only one there is.</summary>
        public const int Format = 1;

        public const int MagicAt = 0;
        public const int FormatAt = 4;
        public const int OutputAt = 6;

        /// <summary>1: each layer has a gain from what was applied to what it carries.</summary>
        public const int SkipAt = 7;

        /// <summary>Of the whole program, bytes.</summary>
        public const int LengthAt = 8;

        /// <summary>The host's name for it; every answer repeats it.</summary>
        public const int ProgramVersionAt = 12;

        /// <summary>From one answer to the local input to the next, ms; 0 for answers to requests only.</summary>
        public const int TimerMillisAt = 16;
        public const int PlanAt = 20;
        public const int LayersAt = 48;
        public const int BranchesAt = 50;

        /// <summary>Readings of every shot, averaged.</summary>
        public const int RepeatsAt = 52;
        public const int FeaturesAt = 54;
        public const int ClassesAt = 56;

        /// <summary>Of one branch.</summary>
        public const int DataSlotsAt = 58;

        /// <summary>Of one branch.</summary>
        public const int ParameterSlotsAt = 60;
        public const int HoldSamplesAt = 62;

        /// <summary>Of one branch.</summary>
        public const int WindowsAt = 64;

        /// <summary>How many of what a layer carries the next one takes.</summary>
        public const int PassedOnAt = 66;

        /// <summary>Scales and offsets of a layer: 1, or one for each data slot of all branches.</summary>
        public const int ScalesAt = 68;
        public const int ReservedAt = 70;

        /// <summary>The drive range that units 0 to 1 span, V.</summary>
        public const int MinVoltsAt = 72;
        public const int MaxVoltsAt = 76;

        /// <summary>Of samples outside every slot.</summary>
        public const int RestCodeAt = 80;

        /// <summary>Of data slots that carry nothing.</summary>
        public const int IdleCodeAt = 82;
        public const int Bytes = 84;
    }

    /// <summary>The last bytes of a program.</summary>
    public static class ProgramSeal
    {
        /// <summary>HMAC-SHA256 under the device's key of all before it.</summary>
        public const int TagAt = 0;

        /// <summary>CRC-32 of all before it, the tag included.</summary>
        public const int CrcAt = 32;
        public const int Bytes = 36;
        public const int TagBytes = 32;
        public const int KeyBytes = 32;
    }

    /// <summary>What a program makes of its sums.</summary>
    public enum ProgramOutput : byte
    {
        /// <summary>The class of the largest, the first of equal ones, with its share of the softmax.</summary>
        Largest = 0,

        /// <summary>The sums themselves: class 0 with a confidence of 1.</summary>
        Values = 1,
    }
}
