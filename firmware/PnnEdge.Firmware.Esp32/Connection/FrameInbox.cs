using System.Threading;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>Frames between the library's thread and the device loop: as many as were set aside at start, the rest dropped and counted.</summary>
    public sealed class FrameInbox
    {
        private readonly byte[][] _frames;
        private readonly bool[] _retained;
        private readonly object _gate = new object();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private int _first;
        private int _count;
        private uint _dropped;

        public FrameInbox(int frames)
        {
            _frames = new byte[frames][];
            _retained = new bool[frames];
        }

        public uint Dropped
        {
            get
            {
                lock (_gate)
                {
                    return _dropped;
                }
            }
        }

        /// <summary>From the library's thread; the array is ours from then on.</summary>
        public void Put(byte[] frame, bool retained)
        {
            lock (_gate)
            {
                if (_count == _frames.Length)
                {
                    _dropped++;
                    return;
                }

                int at = (_first + _count) % _frames.Length;
                _frames[at] = frame;
                _retained[at] = retained;
                _count++;
            }

            _arrived.Set();
        }

        /// <summary>Waits at most <paramref name="waitMillis"/> ms; false when none came.</summary>
        public bool Take(InboundFrame frame, int waitMillis)
        {
            if (TryTake(frame))
            {
                return true;
            }

            // An event that an earlier frame left set only makes this look once more.
            _arrived.WaitOne(waitMillis, false);
            return TryTake(frame);
        }

        /// <summary>A new connection starts with nothing of the old one.</summary>
        public void Clear()
        {
            lock (_gate)
            {
                while (_count > 0)
                {
                    _frames[_first] = null;
                    _first = (_first + 1) % _frames.Length;
                    _count--;
                }
            }
        }

        private bool TryTake(InboundFrame frame)
        {
            lock (_gate)
            {
                if (_count == 0)
                {
                    return false;
                }

                frame.Buffer = _frames[_first];
                frame.Length = frame.Buffer.Length;
                frame.Retained = _retained[_first];
                _frames[_first] = null;
                _first = (_first + 1) % _frames.Length;
                _count--;
                return true;
            }
        }
    }
}
