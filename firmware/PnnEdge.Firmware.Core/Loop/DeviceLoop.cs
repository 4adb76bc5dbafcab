using System;
using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
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
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly RefusalCounters _counters = new RefusalCounters();
        private readonly LoopWatchdog _watchdog;
        private readonly SlowPlane _slowPlane;
        private readonly DeviceLog _log = new DeviceLog();
        private readonly DialTurn _turn = new DialTurn();
        private readonly LoopEvents _events;
        private readonly OutputGuard _guard;
        private readonly InferencePlane _inference;
        private readonly FrameDesk _frames;
        private readonly LinkDesk _connection;
        private readonly UpdateShelf _updates;
        private readonly InboundFrame _inbound = new InboundFrame();
        private readonly object _reportGate = new object();
        private Exception _reported;

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
            _status = new DeviceStatus(bootId);
            _epochs = new KeptCount("epoch", storage, crc);
            _watchdog = new LoopWatchdog(board.LoopWatchdogMillis, clock.Millis());
            Lease lease = new Lease();
            BootInfo boot = updates == null ? BootInfo.Factory(false) : updates.Boot;
            Outbox outbox = new Outbox(board, link, clock, crc, _status, _epochs, _counters, health, boot);
            _slowPlane = new SlowPlane(board, link, _status, _epochs, _counters, health, boot, _log);
            _events = new LoopEvents(_log, _status, _epochs, _counters);
            _log.Write(clock.Millis(), "boot " + bootId.ToString() + ", " + board.Name + ", firmware " + board.FirmwareVersion);
            RunPlans plans = new RunPlans(board, converters);
            ActuatorSets sets = new ActuatorSets(board, converters);
            RunPlayer player = new RunPlayer(board, converters, clock, _status, _counters, outbox, _watchdog, plans, sets);
            _guard = new OutputGuard(board, converters, health, _status, lease, sets, outbox);
            ProgramShelf programs = null;
            if (board.ProgramBytes > 0)
            {
                programs = new ProgramShelf(board, converters, storage, crc, mac, input);
                ProgramRunner runner = new ProgramRunner(board, converters, clock, _watchdog, _guard, _status);
                _inference = new InferencePlane(board, programs, runner, _guard, _status, outbox, _counters, clock, crc, input, _turn);
            }

            ControlPlane control = new ControlPlane(
                board, _status, _epochs, lease, _guard, player, plans, sets, new CargoDesk(programs, updates), outbox, crc);
            Admission admission = new Admission(_status, _epochs, lease);
            _frames = new FrameDesk(board.MaxFrameBytes, clock, crc, lease, admission, _counters, outbox, player, _guard, control, _inference);
            _connection = new LinkDesk(board.HeartbeatMillis, link, clock, _status, _counters, outbox, _slowPlane, _guard, _inference);
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

        /// <summary>For what makes the connection, where that can hold up the whole device.</summary>
        public DialTurn DialTurn => _turn;

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
                _connection.Serve();
                _guard.Serve(now);
                if (received)
                {
                    _frames.Take(_inbound.Buffer, _inbound.Length, _inbound.Retained, now);
                    _inbound.Buffer = null;
                }

                if (_inference != null)
                {
                    _inference.Serve(now);
                }

                _events.Note(now);
                _connection.Report();
                if (_updates != null && _updates.Serve(now, _status))
                {
                    _slowPlane.TellStatusAgain();
                }

                return true;
            }
            catch (Exception e)
            {
                _guard.RaiseFault(e);
                _turn.EndRun();
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

            if (!_watchdog.Feed(nowMillis))
            {
                return;
            }

            if (_status.IsAnnounced)
            {
                _guard.RaiseFault(FaultCode.WatchdogLate, 0, 0f, _board.LoopWatchdogMillis, "the loop came round too late");
                return;
            }

            // Looking for the broker (its name, a TLS handshake) holds up the whole interpreter for as long as the network takes, and nobody
            // drives without a connection. A program that was running meanwhile has ended without an answer.
            _log.Write(nowMillis, "late without a connection; outputs made safe");
        }
    }
}
