namespace PnnEdge.Wire.Frames
{
    public enum FrameKind : byte
    {
        None = 0,
        Hello = 1,
        Plan = 2,
        Parameters = 3,
        Stimulus = 4,
        Measurement = 5,
        Command = 6,
        Reply = 7,
        Fault = 8,
        Heartbeat = 9,
        InferRequest = 10,
        InferResult = 11,

        /// <summary>A piece of a program: a trained network for the device itself.</summary>
        Program = 12,
    }
}
