using PnnEdge.Firmware.Core.Ports;

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

        /// <summary>Within a pass of the loop: false when the watchdog has bitten, and the bite stays for the next pass to answer.</summary>
        public bool FeedUnlessBitten(long nowMillis)
        {
            lock (_gate)
            {
                _fedMillis = _bitten ? _fedMillis : nowMillis;
                return !_bitten;
            }
        }

        /// <summary>True from a bite to the next feed: the loop may not drive anything.</summary>
        public bool HasBitten()
        {
            lock (_gate)
            {
                return _bitten;
            }
        }

        /// <summary>
        /// Makes the outputs safe when the loop is late, at every call until it comes round: a loop that limps on may have driven
        /// again. Inside the gate, so that the loop cannot be fed, cleared and armed between the verdict and the deed.
        /// </summary>
        public bool Watch(long nowMillis, IConverters converters)
        {
            lock (_gate)
            {
                if (nowMillis - _fedMillis <= _limitMillis)
                {
                    return false;
                }

                _bitten = true;
                converters.MakeSafe();
                return true;
            }
        }
    }
}
