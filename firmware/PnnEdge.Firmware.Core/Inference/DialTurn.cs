namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>
    /// Making a connection can hold up the whole device, with its outputs wherever they are at that moment. So a program's runs and what is done for a
    /// connection take turns: who dials waits for the end of a run that has begun, none begins before that is over, and it never waits for two.
    /// </summary>
    public sealed class DialTurn
    {
        /// <summary>
        /// What holds up the device lets no loop ask in between. So when so much time has passed for a loop that does ask, the dialler waits for the network
        /// alone: then runs go on beside it.
        /// </summary>
        public const int LongestHoldMillis = 5000;

        private readonly object _gate = new object();
        private bool _isRunning;
        private bool _isDialling;
        private long _dialMillis;

        /// <summary>For the loop's thread: a run has begun when this is true, and lasts until <see cref="EndRun"/>.</summary>
        public bool BeginRun(long nowMillis)
        {
            lock (_gate)
            {
                if (_isDialling && nowMillis - _dialMillis <= LongestHoldMillis)
                {
                    return false;
                }

                _isRunning = true;
                return true;
            }
        }

        /// <summary>The outputs are safe again.</summary>
        public void EndRun()
        {
            lock (_gate)
            {
                _isRunning = false;
            }
        }

        /// <summary>For the dialler's thread: no run begins from now on. False while one is under way: then again, in a moment.</summary>
        public bool BeginDial(long nowMillis)
        {
            lock (_gate)
            {
                _isDialling = true;
                _dialMillis = nowMillis;
                return !_isRunning;
            }
        }

        public void EndDial()
        {
            lock (_gate)
            {
                _isDialling = false;
            }
        }
    }
}
