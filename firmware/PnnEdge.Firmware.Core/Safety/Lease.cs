namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>Who may drive the outputs, and until when. Time is the device's own.</summary>
    public sealed class Lease
    {
        private long _endMillis;
        private int _lengthMillis;

        /// <summary>0 when nobody has ever held it.</summary>
        public uint Holder;

        public bool IsHeld;

        public void Grant(uint holder, int lengthMillis, long nowMillis)
        {
            Holder = holder;
            IsHeld = true;
            _lengthMillis = lengthMillis;
            _endMillis = nowMillis + lengthMillis;
        }

        /// <summary>A new frame of the holder that was carried out is as good as asking; a repeat is not.</summary>
        public void Extend(long nowMillis) => _endMillis = nowMillis + _lengthMillis;

        public void Drop() => IsHeld = false;

        public bool HasLapsed(long nowMillis) => IsHeld && nowMillis >= _endMillis;

        /// <summary>Left of the lease, ms; 0 when nobody holds it.</summary>
        public long LeftMillis(long nowMillis) => IsHeld && _endMillis > nowMillis ? _endMillis - nowMillis : 0;
    }
}
