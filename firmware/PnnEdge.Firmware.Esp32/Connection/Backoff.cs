namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>How long to wait before the next attempt: twice as long each time, between half and all of that, so that a hundred boards do not come at once.</summary>
    public sealed class Backoff
    {
        public const int FirstMillis = 500;
        public const int LongestMillis = 60000;

        private int _millis = FirstMillis;

        /// <param name="chance">Any number, drawn anew for each call.</param>
        public int Next(uint chance)
        {
            int half = _millis / 2;
            int wait = half + (int)(chance % (uint)(half + 1));
            _millis = _millis >= LongestMillis / 2 ? LongestMillis : 2 * _millis;
            return wait;
        }

        /// <summary>After a connection that held.</summary>
        public void Reset() => _millis = FirstMillis;
    }
}
