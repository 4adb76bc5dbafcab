namespace PnnEdge.Wire
{
    /// <summary>What both ends must agree on before the first frame is trusted; exchanged in hello.</summary>
    public static class Protocol
    {
        /// <summary>Number of the frame layout; any other number is refused (WIRE.md F-3).</summary>
        public const byte Version = 1;

        /// <summary>CRC-32 of the byte tables of WIRE.md; a test recomputes it, so a changed table changes the hash.</summary>
        public const uint Hash = 0x5A6C02EA;

        /// <summary>Deadlines further ahead than this are refused, so that a replay cannot hide behind the clock's wrap (D-3).</summary>
        public const int MaxDeadlineMillis = 60000;
    }
}
