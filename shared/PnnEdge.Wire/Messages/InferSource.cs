namespace PnnEdge.Wire.Messages
{
    /// <summary>What made the device run its program.</summary>
    public enum InferSource : byte
    {
        Request = 0,

        /// <summary>The program's own timer, from the board's local input.</summary>
        Timer = 1,
    }
}
