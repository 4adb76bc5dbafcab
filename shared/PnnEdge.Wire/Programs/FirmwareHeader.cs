namespace PnnEdge.Wire.Programs
{
    /// <summary>
    /// The first bytes of a firmware package: named offsets (WIRE.md, table FirmwareHeader). Board, version and the assemblies' lengths follow, then
    /// the assemblies in load order, then the same seal as a program's.
    /// </summary>
    public static class FirmwareHeader
    {
        /// <summary>'P', 'N', 'N', 'F' as they stand in memory.</summary>
        public const uint Magic = 0x464E4E50;

        /// <summary>The only one there is.</summary>
        public const int Format = 1;

        /// <summary>More than a firmware of one assembly needs, and few enough for the interpreter's table of 64.</summary>
        public const int MaxAssemblies = 16;
        public const int MaxTextBytes = 64;

        public const int MagicAt = 0;
        public const int FormatAt = 4;

        /// <summary>Of the wire that the firmware speaks.</summary>
        public const int ProtocolNumberAt = 6;

        /// <summary>Of the whole package, bytes.</summary>
        public const int LengthAt = 8;

        /// <summary>Edition of the wire that the firmware speaks.</summary>
        public const int ProtocolHashAt = 12;
        public const int AssembliesAt = 16;
        public const int BoardLengthAt = 18;
        public const int VersionLengthAt = 19;
        public const int TextAt = 20;
        public const int FixedBytes = 20;
    }
}
