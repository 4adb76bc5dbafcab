namespace PnnEdge.Wire.Messages
{
    /// <summary>Which firmware a device runs, and how sure it is of it (WIRE.md, U).</summary>
    public enum BootState : byte
    {
        /// <summary>What was flashed; no update was ever given up since.</summary>
        Factory = 0,

        /// <summary>The update in slot A or B, which has confirmed itself.</summary>
        SlotA = 1,
        SlotB = 2,

        /// <summary>The same, not confirmed yet: three such starts and it is given up.</summary>
        TrialA = 3,
        TrialB = 4,

        /// <summary>What was flashed, because every update that is there was given up.</summary>
        SafeMode = 5,
    }
}
