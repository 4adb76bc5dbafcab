namespace PnnEdge.Firmware.Core.Setup
{
    /// <summary>Finds packets in what comes over a line, byte by byte; whatever is none is passed over.</summary>
    public sealed class ImprovReader
    {
        /// <summary>The packet that is coming, or has come.</summary>
        public readonly byte[] Packet = new byte[ImprovPacket.MaxBytes];
        private int _at;

        /// <summary>The newest packet's sum was wrong; valid after <see cref="Take"/>.</summary>
        public bool IsBroken;

        /// <summary>True with the last byte of a packet, whole or broken; it stays until the next byte.</summary>
        public bool Take(byte next)
        {
            IsBroken = false;
            if (_at <= ImprovPacket.VersionAt && next != ImprovPacket.Expected(_at))
            {
                _at = 0;
                if (next != ImprovPacket.Expected(0))
                {
                    return false;
                }
            }

            Packet[_at++] = next;
            if (_at <= ImprovPacket.DataAt || _at <= ImprovPacket.DataAt + Packet[ImprovPacket.LengthAt])
            {
                return false;
            }

            IsBroken = next != ImprovPacket.Sum(Packet, _at - 1);
            _at = 0;
            return true;
        }

        public ImprovType Type => (ImprovType)Packet[ImprovPacket.TypeAt];

        public int DataBytes => Packet[ImprovPacket.LengthAt];
    }
}
