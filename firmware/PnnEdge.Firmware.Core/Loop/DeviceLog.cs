namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>
    /// The device's own last lines, for people: what happened, and when on its clock. So many are kept, each so long, the oldest making room; they are
    /// numbered from 1 since boot, so that a reader sees what it missed. Any thread may write.
    /// </summary>
    public sealed class DeviceLog
    {
        /// <summary>Kept, and told together.</summary>
        public const int Lines = 8;

        /// <summary>A longer line is cut.</summary>
        public const int MaxLineLength = 96;

        private readonly object _gate = new object();
        private readonly string[] _texts = new string[Lines];
        private readonly long[] _millis = new long[Lines];
        private uint _written;

        /// <summary>Number of the newest line; 0 before the first.</summary>
        public uint Newest
        {
            get
            {
                lock (_gate)
                {
                    return _written;
                }
            }
        }

        public void Write(long nowMillis, string text)
        {
            lock (_gate)
            {
                int at = (int)(_written % Lines);
                _texts[at] = text.Length > MaxLineLength ? text.Substring(0, MaxLineLength) : text;
                _millis[at] = nowMillis;
                _written++;
            }
        }

        /// <summary>All that are kept, as JSON; the number of the newest of them comes back, too.</summary>
        public string Text(uint bootId, out uint newest)
        {
            lock (_gate)
            {
                newest = _written;
                uint first = _written > Lines ? _written - Lines : 0;
                string text = "{\"bootId\":" + bootId.ToString() + ",\"lines\":[";
                for (uint n = first; n < _written; n++)
                {
                    int at = (int)(n % Lines);
                    text += (n == first ? "{\"n\":" : ",{\"n\":") + (n + 1).ToString() + ",\"millis\":" + _millis[at].ToString() +
                        ",\"text\":\"" + JsonText.Quoted(_texts[at]) + "\"}";
                }

                return text + "]}";
            }
        }
    }
}
