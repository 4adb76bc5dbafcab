namespace PnnEdge.Wire.Messages
{
    /// <summary>Which limit a refused plan broke: the detail of the reply.</summary>
    public enum PlanLimit : byte
    {
        None = 0,

        /// <summary>Channels; possible = stimulus channels.</summary>
        StimulusChannels = 1,
        MeasurementChannels = 2,

        /// <summary>Possible = actuator values, all banks together.</summary>
        Actuators = 3,

        /// <summary>Possible = highest rate, mHz.</summary>
        SampleRate = 4,

        /// <summary>Possible = shots per block that fit one frame.</summary>
        FrameBytes = 5,

        /// <summary>Possible = longest transfer, ms.</summary>
        TransferTime = 6,
    }
}
