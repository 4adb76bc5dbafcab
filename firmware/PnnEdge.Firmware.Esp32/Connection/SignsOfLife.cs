namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>
    /// Is the broker still there? The MQTT library asks only when nothing was sent for a keep-alive's time, and a device's heartbeats leave no such
    /// pause: a broker that froze, or a way to it that broke, would not be noticed before TCP gives up. So it is asked now and then, whatever is sent.
    /// </summary>
    public sealed class SignsOfLife
    {
        public const int AskMillis = 15000;

        /// <summary>Two questions that nobody answered, and a moment for the second.</summary>
        public const int LongestSilenceMillis = 35000;

        private int _sinceAsked;
        private int _silent;

        public bool IsGone => _silent >= LongestSilenceMillis;

        /// <summary>So much time has passed; true when it is time to ask.</summary>
        /// <param name="heard">Anything that came meanwhile is an answer.</param>
        public bool Pass(int millis, bool heard)
        {
            _silent = heard ? 0 : _silent + millis;
            _sinceAsked += millis;
            if (_sinceAsked < AskMillis)
            {
                return false;
            }

            _sinceAsked = 0;
            return true;
        }
    }
}
