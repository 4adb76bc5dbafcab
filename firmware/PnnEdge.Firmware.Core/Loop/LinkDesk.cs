using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Follows the connection: hello when it comes, outputs down when it goes, and what the device tells by itself in between.</summary>
    public sealed class LinkDesk
    {
        private readonly int _heartbeatMillis;
        private readonly IMessageLink _link;
        private readonly IDeviceClock _clock;
        private readonly DeviceStatus _status;
        private readonly RefusalCounters _counters;
        private readonly Outbox _outbox;
        private readonly SlowPlane _slowPlane;
        private readonly OutputGuard _guard;
        private readonly InferencePlane _inference;
        private uint _droppedSeen;
        private long _nextHeartbeatMillis;

        /// <param name="inference">Null on a board that takes no program.</param>
        public LinkDesk(
            int heartbeatMillis, IMessageLink link, IDeviceClock clock, DeviceStatus status, RefusalCounters counters, Outbox outbox,
            SlowPlane slowPlane, OutputGuard guard, InferencePlane inference)
        {
            _heartbeatMillis = heartbeatMillis;
            _link = link;
            _clock = clock;
            _status = status;
            _counters = counters;
            _outbox = outbox;
            _slowPlane = slowPlane;
            _guard = guard;
            _inference = inference;
        }

        /// <summary>Looks whether the connection came or went.</summary>
        public void Serve()
        {
            bool connected = _link.IsConnected();
            if (connected && !_status.IsAnnounced)
            {
                Announce();
            }
            else if (!connected && _status.IsAnnounced)
            {
                _status.IsAnnounced = false;
                if (_status.State != LinkState.Fault)
                {
                    _guard.StandDown(LinkEvent.WireLost, false);
                }
            }

            uint dropped = _link.DroppedFrames();
            _counters.Add(RefusalReason.InboxFull, dropped - _droppedSeen);
            _droppedSeen = dropped;
        }

        /// <summary>Tells what is due: a fault, a changed status, new log lines, the heartbeat.</summary>
        public void Report()
        {
            if (!_status.IsAnnounced)
            {
                return;
            }

            _guard.TellFault();
            _slowPlane.PublishStatusWhenChanged();
            long now = _clock.Millis();
            _slowPlane.PublishLogWhenChanged(now);
            if (now >= _nextHeartbeatMillis)
            {
                _nextHeartbeatMillis = now + _heartbeatMillis;
                _outbox.SendHeartbeat(now);
                _slowPlane.PublishHealth(now);
                _slowPlane.PublishInferenceWhenChanged(_inference);
            }
        }

        /// <summary>Hello is the first frame of a connection: until the link has taken it the device stays Safe and unannounced.</summary>
        private void Announce()
        {
            if (_status.State == LinkState.Safe)
            {
                _guard.StandDown(LinkEvent.WireLost, true);
            }

            if (!_outbox.SendHello())
            {
                _status.Move(LinkEvent.WireLost);
                return;
            }

            _status.IsAnnounced = true;
            _guard.TellAgain();
            _guard.TellFault();
            _slowPlane.PublishAll();
            _slowPlane.PublishInferenceWhenChanged(_inference);
        }
    }
}
