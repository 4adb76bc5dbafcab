using PnnEdge.Wire.Frames;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>What happened to frames since start; nothing that is refused goes unseen.</summary>
    public sealed class RefusalCounters
    {
        /// <summary>[reason].</summary>
        public readonly uint[] ByReason = new uint[RefusalReasons.Count];

        /// <summary>Of all reasons together.</summary>
        public uint Total;
        public uint BlocksPlayed;
        public uint ShotsPlayed;
        public uint RepeatsAnswered;

        public void Add(RefusalReason reason) => Add(reason, 1);

        public void Add(RefusalReason reason, uint count)
        {
            ByReason[(int)reason] += count;
            Total += count;
        }

        public uint Of(RefusalReason reason) => ByReason[(int)reason];
    }
}
