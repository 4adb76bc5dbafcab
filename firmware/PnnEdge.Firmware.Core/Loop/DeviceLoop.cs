using System;
using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>
    /// The device: takes one frame at a time, obeys or refuses it, and between frames keeps the outputs safe. Everything is
    /// allocated in the constructor; outputs are safe before the link is looked at.
    /// </summary>
    public sealed class DeviceLoop
    {
        private readonly Board _board;
        private readonly IMessageLink _link;
        private readonly IDeviceClock _clock;
        private readonly ICrc32 _crc;
        private readonly DeviceStatus _status;
        private readonly EpochStore _epochs;
        private readonly RefusalCounters _counters = new RefusalCounters();
        private readonly Lease _lease = new Lease();
        private readonly LoopWatchdog _watchdog;
        private readonly Admission _admission;
        private readonly Outbox _outbox;
        private readonly SlowPlane _slowPlane;
        private readonly DeviceLog _log = new DeviceLog();
        private readonly LoopEvents _events;
        private readonly RunPlayer _player;
        private readonly OutputGuard _guard;
        private readonly ControlPlane _control;
        private readonly InferencePlane _inference;
        private readonly UpdateShelf _updates;
        private readonly InboundFrame _inbound = new InboundFrame();
        private readonly object _reportGate = new object();
        private Exception _reported;
        private uint _droppedSeen;
        private long _nextHeartbeatMillis;

        /// <param name="bootId">Drawn anew at every boot, not 0.</param>
        /// <exception cref="ArgumentException">The board's data contradict themselves; the outputs have been made safe.</exception>
        public DeviceLoop(
            Board board, IConverters converters, IBoardHealth health, IMessageLink link, IDeviceClock clock, IStorage storage, ICrc32 crc, uint bootId)
            : this(board, converters, health, link, clock, storage, crc, bootId, null, null, null)
        {
        }

        /// <inheritdoc cref="DeviceLoop(Board, IConverters, IBoardHealth, IMessageLink, IDeviceClock, IStorage, ICrc32, uint)"/>
        /// <param name="mac">Null on a board that cannot tell whose a program is: it takes none.</param>
        /// <param name="input">Null on a board that has nothing to look at by itself.</param>
        /// <param name="updates">Null on a board whose firmware cannot be replaced over the link.</param>
        public DeviceLoop(
            Board board, IConverters converters, IBoardHealth health, IMessageLink link, IDeviceClock clock, IStorage storage, ICrc32 crc, uint bootId,
            IMac mac, ILocalInput input, UpdateShelf updates)
        {
            // First of all: whatever the pins did during boot ends here. What goes wrong is told once there is a link.
            FaultCode atBoot = FaultCode.None;
            Exception thrownAtBoot = null;
            try
            {
                atBoot = converters.MakeSafe();
            }
            catch (Exception e)
            {
                thrownAtBoot = e;
            }

            BoardCheck.Require(board);
            _board = board;
            _link = link;
            _clock = clock;
            _crc = crc;
            _status = new DeviceStatus(bootId);
            _epochs = new EpochStore(storage, crc);
            _watchdog = new LoopWatchdog(board.LoopWatchdogMillis, clock.Millis());
            _admission = new Admission(_status, _epochs, _lease);
            BootInfo boot = updates == null ? BootInfo.Factory(false) : updates.Boot;
            _outbox = new Outbox(board, link, clock, crc, _status, _epochs, _counters, health, boot);
            _slowPlane = new SlowPlane(board, link, _status, _epochs, _counters, health, boot, _log);
            _events = new LoopEvents(_log, _status, _epochs, _counters);
            _log.Write(clock.Millis(), "boot " + bootId.ToString() + ", " + board.Name + ", firmware " + board.FirmwareVersion);
            RunPlans plans = new RunPlans(board, converters);
            ActuatorSets sets = new ActuatorSets(board, converters);
            _player = new RunPlayer(board, converters, clock, _status, _counters, _outbox, _watchdog, plans, sets);
            _guard = new OutputGuard(board, converters, health, _status, _lease, sets, _outbox);
            ProgramShelf programs = null;
            if (board.ProgramBytes > 0)
            {
                programs = new ProgramShelf(board, converters, storage, crc, mac, input);
                ProgramRunner runner = new ProgramRunner(board, converters, clock, _watchdog, _guard);
                _inference = new InferencePlane(board, programs, runner, _guard, _status, _outbox, _counters, clock, crc, input);
            }

            _control = new ControlPlane(board, _status, _epochs, _lease, _guard, _player, plans, sets, new CargoDesk(programs, updates), _outbox, crc);
            _updates = updates;
            if (thrownAtBoot != null)
            {
                _guard.RaiseFault(thrownAtBoot);
            }
            else if (atBoot != FaultCode.None)
            {
                _guard.RaiseFault(atBoot, 0, 0f, 0f, "outputs did not read back safe at boot");
            }
            else if (!_epochs.IsKnown)
            {
                _guard.RaiseFault(FaultCode.StorageFailed, 0, 0f, 0f, _epochs.Failure);
            }
        }

        public LinkState State => _status.State;

        public uint Epoch => _epochs.Newest;

        public uint BootId => _status.BootId;

        public RefusalCounters Counters => _counters;

        public LoopWatchdog Watchdog => _watchdog;

        /// <summary>Its own last lines; other parts of the device write here, too.</summary>
        public DeviceLog Log => _log;

        /// <summary>
        /// One pass: waits at most <paramref name="waitMillis"/> ms for a frame, then serves link, lease, interlock and heartbeat.
        /// An exception of any part ends in Safe and Fault, never in a dead thread: then false, and the caller waits before the next pass.
        /// </summary>
        public bool Step(int waitMillis)
        {
            try
            {
                bool received = _link.Receive(_inbound, waitMillis);
                long now = _clock.Millis();
                ServeWatchdog(now);
                ServeLink();
                _guard.Serve(now);
                if (received)
                {
                    Handle(_inbound.Buffer, _inbound.Length, _inbound.Retained, now);
                    _inbound.Buffer = null;
                }

                if (_inference != null)
                {
                    _inference.Serve(now);
                }

                _events.Note(now);
                ServeReports();
                if (_updates != null && _updates.Serve(now, _status))
                {
                    _slowPlane.TellStatusAgain();
                }

                return true;
            }
            catch (Exception e)
            {
                _guard.RaiseFault(e);
                ShowState();
                return false;
            }
        }

        private void ShowState()
        {
            try
            {
                if (_status.IsAnnounced)
                {
                    _slowPlane.PublishStatusWhenChanged();
                }
            }
            catch (Exception)
            {
                // The link may be what failed; the next whole pass shows it.
            }
        }

        /// <summary>Another device thread hands its exception here; the loop latches it in its next pass.</summary>
        public void ReportFrom(Exception e)
        {
            lock (_reportGate)
            {
                _reported = e;
            }
        }

        private void Handle(byte[] frame, int length, bool retained, long nowMillis)
        {
            RefusalReason verdict = FrameCheck.Open(frame, length, _board.MaxFrameBytes, _crc);
            if (verdict != RefusalReason.Accepted)
            {
                // Bytes that are no frame get no answer: there is nobody to answer.
                _counters.Add(verdict);
                return;
            }

            verdict = _admission.Check(frame, retained, nowMillis);
            uint detail = _admission.Detail;
            uint valueSet = 0;
            if (verdict == RefusalReason.Accepted)
            {
                switch (FrameHeader.Kind(frame))
                {
                    case FrameKind.Stimulus:
                        verdict = HandleStimulus(frame);
                        detail = _player.Detail;
                        break;
                    case FrameKind.InferRequest:
                        verdict = HandleRequest(frame);
                        detail = _inference == null ? 0u : _inference.Detail;
                        break;
                    default:
                        verdict = _control.Handle(frame, nowMillis);
                        valueSet = _control.ValueSet;
                        detail = _control.Detail;
                        break;
                }
            }

            if (verdict != RefusalReason.Accepted)
            {
                _counters.Add(verdict);
                _outbox.Reply(frame, verdict, valueSet, detail);
            }
        }

        private RefusalReason HandleRequest(byte[] frame) => _inference == null ? RefusalReason.NoProgram : _inference.Handle(frame);

        private RefusalReason HandleStimulus(byte[] frame)
        {
            RefusalReason verdict = _player.Play(frame);
            if (_player.HasPlayed)
            {
                // Not for a repeat: a broker that duplicates could keep a dead host's outputs up.
                _lease.Extend(_clock.Millis());
            }
            else if (_player.Failure != FaultCode.None)
            {
                _guard.RaiseFault(_player.Failure, _player.FailedActuator, _player.FailedAsked, _player.FailedLimit, _player.FailureText());
            }

            return verdict;
        }

        private void ServeWatchdog(long nowMillis)
        {
            Exception reported;
            lock (_reportGate)
            {
                reported = _reported;
                _reported = null;
            }

            if (reported != null)
            {
                _guard.RaiseFault(reported);
            }

            if (_watchdog.Feed(nowMillis))
            {
                _guard.RaiseFault(FaultCode.WatchdogLate, 0, 0f, _board.LoopWatchdogMillis, "the loop came round too late");
            }
        }

        private void ServeLink()
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

        private void ServeReports()
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
                _nextHeartbeatMillis = now + _board.HeartbeatMillis;
                _outbox.SendHeartbeat(now);
                _slowPlane.PublishHealth(now);
                _slowPlane.PublishInferenceWhenChanged(_inference);
            }
        }
    }
}
