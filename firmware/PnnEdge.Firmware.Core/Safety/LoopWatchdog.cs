namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>Has the loop come round? Fed by the loop, asked by another thread.</summary>
    public sealed class LoopWatchdog
    {
        private readonly int _limitMillis;
        private readonly object _gate = new object();
        private long _fedMillis;
        private bool _bitten;

        public LoopWatchdog(int limitMillis, long nowMillis)
        {
            _limitMillis = limitMillis;
            _fedMillis = nowMillis;
        }

        /// <summary>True when the watchdog had bitten since the last feed: the loop answers with Fault.</summary>
        public bool Feed(long nowMillis)
        {
            lock (_gate)
            {
                bool bitten = _bitten;
                _bitten = false;
                _fedMillis = nowMillis;
                return bitten;
            }
        }

        /// <summary>True once per lateness: the caller makes the outputs safe.</summary>
        public bool BitesNow(long nowMillis)
        {
            lock (_gate)
            {
                if (_bitten || nowMillis - _fedMillis <= _limitMillis)
                {
                    return false;
                }

                _bitten = true;
                return true;
            }
        }
    }
}
