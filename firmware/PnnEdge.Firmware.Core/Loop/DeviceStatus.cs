using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Where the device stands; every move goes through the one table.</summary>
    public sealed class DeviceStatus
    {
        /// <summary>Drawn at every boot, never 0: a host sees a reboot by it.</summary>
        public readonly uint BootId;

        /// <summary>The fault that is latched, or null.</summary>
        public FaultReport Fault;

        public LinkState State = LinkState.Safe;

        /// <summary>There is a connection, and hello went out on it: somebody can be told and may arm.</summary>
        public bool IsAnnounced;

        public DeviceStatus(uint bootId)
        {
            BootId = bootId;
        }

        /// <summary>False, and unmoved, when the table has no such move.</summary>
        public bool Move(LinkEvent happened)
        {
            LinkState next = LinkStateTable.Next(State, happened);
            if (next == LinkState.Unlisted)
            {
                return false;
            }

            State = next;
            return true;
        }
    }
}
