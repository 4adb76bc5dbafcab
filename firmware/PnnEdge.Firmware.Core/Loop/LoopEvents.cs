using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>
    /// Sees what changed since it looked last, and writes it into the log: connections, states, faults, refusals. It writes nothing while blocks are played, and
    /// does not look in every pass: who armed and disarmed in between is seen by the epoch.
    /// </summary>
    public sealed class LoopEvents
    {
        /// <summary>Refusals come in bursts: one line for all of a while.</summary>
        private const int BetweenRefusalsMillis = 10000;
        private const int BetweenLooksMillis = 50;

        private readonly DeviceLog _log;
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly RefusalCounters _counters;
        private LinkState _state = LinkState.Safe;
        private bool _isConnected;
        private uint _epoch;
        private uint _refusals;
        private long _nextRefusalsMillis;
        private long _nextLookMillis;

        public LoopEvents(DeviceLog log, DeviceStatus status, KeptCount epochs, RefusalCounters counters)
        {
            _log = log;
            _status = status;
            _epochs = epochs;
            _counters = counters;
        }

        public void Note(long nowMillis)
        {
            if (nowMillis < _nextLookMillis)
            {
                return;
            }

            _nextLookMillis = nowMillis + BetweenLooksMillis;
            if (_status.IsAnnounced != _isConnected)
            {
                _isConnected = _status.IsAnnounced;
                _log.Write(nowMillis, _isConnected ? "connected" : "connection lost");
            }

            LinkState state = _status.State == LinkState.Running ? LinkState.Armed : _status.State;
            if (state != _state || _epochs.Newest != _epoch)
            {
                _state = state;
                _epoch = _epochs.Newest;
                _log.Write(nowMillis, SlowPlane.StateName(state) + ", epoch " + _epoch.ToString() +
                    (state == LinkState.Fault && _status.Fault != null ? ": " + _status.Fault.Text : string.Empty));
            }

            if (_counters.Total != _refusals && nowMillis >= _nextRefusalsMillis)
            {
                _log.Write(nowMillis, "refused " + (_counters.Total - _refusals).ToString() + " frames; health counts them by reason");
                _refusals = _counters.Total;
                _nextRefusalsMillis = nowMillis + BetweenRefusalsMillis;
            }
        }
    }
}
