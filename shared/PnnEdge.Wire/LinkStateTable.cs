namespace PnnEdge.Wire
{
    /// <summary>Every move a link may make, host and device alike, in one pure function (WIRE.md, table "States").</summary>
    public static class LinkStateTable
    {
        /// <summary>The state after <paramref name="happened"/>, or <see cref="LinkState.Unlisted"/> where the table has no such move.</summary>
        public static LinkState Next(LinkState state, LinkEvent happened)
        {
            if (state > LinkState.Fault)
            {
                return LinkState.Unlisted;
            }

            switch (happened)
            {
                // Losing the wire wins from every state of the host's view; the device's own Fault outlives its wire.
                case LinkEvent.Lost: return LinkState.Offline;
                case LinkEvent.WireLost: return state == LinkState.Fault ? LinkState.Fault : IsDeviceState(state) ? LinkState.Safe : LinkState.Unlisted;
                case LinkEvent.FaultRaised: return state == LinkState.Offline ? LinkState.Unlisted : LinkState.Fault;
                case LinkEvent.FaultCleared: return From(state, LinkState.Fault, LinkState.Safe);
                case LinkEvent.Dialled: return From(state, LinkState.Offline, LinkState.Connecting);
                case LinkEvent.HelloAccepted: return From(state, LinkState.Connecting, LinkState.Idle);
                case LinkEvent.SafeConfirmed: return From(state, LinkState.Safe, LinkState.Idle);
                case LinkEvent.LeaseGranted: return state == LinkState.Idle || state == LinkState.Armed ? LinkState.Armed : LinkState.Unlisted;
                case LinkEvent.BlockStarted: return From(state, LinkState.Armed, LinkState.Running);
                case LinkEvent.BlockEnded: return From(state, LinkState.Running, LinkState.Armed);
                case LinkEvent.Disarmed: return state == LinkState.Idle ? LinkState.Idle : From(state, LinkState.Armed, LinkState.Safe);
                case LinkEvent.LeaseLapsed: return state == LinkState.Armed || state == LinkState.Running ? LinkState.Safe : LinkState.Unlisted;
                case LinkEvent.ProgramStarted: return state == LinkState.Safe || state == LinkState.Idle ? LinkState.Running : LinkState.Unlisted;
                case LinkEvent.ProgramEnded: return From(state, LinkState.Running, LinkState.Safe);
                default: return LinkState.Unlisted;
            }
        }

        public static bool IsDeviceState(LinkState state) => state >= LinkState.Safe && state <= LinkState.Fault;

        private static LinkState From(LinkState state, LinkState expected, LinkState next) => state == expected ? next : LinkState.Unlisted;
    }
}
