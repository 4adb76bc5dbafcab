namespace PnnEdge.Wire
{
    /// <summary>Where a link stands. A device is only ever Safe, Idle, Armed, Running or Fault; a host's view adds the rest.</summary>
    public enum LinkState : byte
    {
        /// <summary>Host: no transport.</summary>
        Offline = 0,

        /// <summary>Host: transport up, hello not yet seen.</summary>
        Connecting = 1,

        /// <summary>Outputs at their safe values, not yet confirmed.</summary>
        Safe = 2,

        /// <summary>Outputs confirmed safe; may be armed.</summary>
        Idle = 3,

        /// <summary>A lease is held; stimuli are obeyed.</summary>
        Armed = 4,

        /// <summary>A block is being played, or the device's own program runs.</summary>
        Running = 5,

        /// <summary>Latched; an operator clears it with a reason.</summary>
        Fault = 6,

        /// <summary>Not a state: the answer to a move that the table does not list.</summary>
        Unlisted = 255,
    }

    public enum LinkEvent : byte
    {
        /// <summary>Host: the transport is gone.</summary>
        Lost = 0,
        Dialled = 1,

        /// <summary>Host: hello of a protocol we speak, from a device that may be armed.</summary>
        HelloAccepted = 2,

        /// <summary>Device: every output reads back its safe value.</summary>
        SafeConfirmed = 3,
        LeaseGranted = 4,
        BlockStarted = 5,
        BlockEnded = 6,
        Disarmed = 7,
        LeaseLapsed = 8,

        /// <summary>Device: its own transport is gone.</summary>
        WireLost = 9,
        FaultRaised = 10,
        FaultCleared = 11,

        /// <summary>Device: its own program drives the outputs, without a lease.</summary>
        ProgramStarted = 12,
        ProgramEnded = 13,
    }
}
