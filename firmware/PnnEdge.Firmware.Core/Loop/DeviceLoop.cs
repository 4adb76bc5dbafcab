using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
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
        private const int HealthCheckMillis = 100;

        private readonly Board _board;
        private readonly IConverters _converters;
        private readonly IBoardHealth _health;
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
        private readonly RunPlayer _player;
        private readonly InboundFrame _inbound = new InboundFrame();
        private readonly object _reportGate = new object();
        private Exception _reported;
        private bool _wasConnected;
        private uint _newestControl;
        private uint _droppedSeen;
        private long _nextHeartbeatMillis;
        private long _nextHealthMillis;

        /// <param name="bootId">Drawn anew at every boot, not 0.</param>
        public DeviceLoop(
            Board board, IConverters converters, IBoardHealth health, IMessageLink link, IDeviceClock clock, IStorage storage, ICrc32 crc, uint bootId)
        {
            // First of all: whatever the pins did during boot ends here.
            FaultCode atBoot = converters.MakeSafe();
            _board = board;
            _converters = converters;
            _health = health;
            _link = link;
            _clock = clock;
            _crc = crc;
            _status = new DeviceStatus(bootId);
            _epochs = new EpochStore(storage, crc);
            _watchdog = new LoopWatchdog(board.LoopWatchdogMillis, clock.Millis());
            _admission = new Admission(_status, _epochs);
            _outbox = new Outbox(board, link, clock, crc, _status, _epochs, _counters, health);
            _slowPlane = new SlowPlane(board, link, _status, _epochs, _counters, health);
            _player = new RunPlayer(board, converters, clock, _status, _counters, _outbox);
            if (atBoot != FaultCode.None)
            {
                RaiseFault(atBoot, 0, 0f, 0f, "outputs did not read back safe at boot");
            }
        }

        public LinkState State => _status.State;

        public uint Epoch => _epochs.Newest;

        public uint BootId => _status.BootId;

        public RefusalCounters Counters => _counters;

        public LoopWatchdog Watchdog => _watchdog;

        /// <summary>
        /// One pass: waits at most <paramref name="waitMillis"/> ms for a frame, then serves link, lease, interlock and heartbeat.
        /// An exception of any part ends in Safe and Fault, never in a dead thread.
        /// </summary>
        public void Step(int waitMillis)
        {
            try
            {
                bool received = _link.Receive(_inbound, waitMillis);
                long now = _clock.Millis();
                ServeWatchdog(now);
                ServeLink();
                ServeSafety(now);
                if (received)
                {
                    Handle(_inbound.Buffer, _inbound.Length, _inbound.Retained, now);
                    _inbound.Buffer = null;
                }

                ServeReports(_clock.Millis());
            }
            catch (Exception e)
            {
                RaiseFault(e);
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

        /// <summary>Outputs safe, lease gone, Fault latched and told; the first fault is the one kept.</summary>
        public void RaiseFault(FaultCode code, byte channel, float asked, float limit, string text)
        {
            bool isNew = _status.Fault == null;
            if (isNew)
            {
                _status.Fault = new FaultReport(code, channel, asked, limit, text);
            }

            _status.Move(LinkEvent.FaultRaised);
            try
            {
                MakeOutputsSafe();
                if (!isNew)
                {
                    return;
                }

                _outbox.SendFault();
                _slowPlane.PublishStatusWhenChanged();
            }
            catch (Exception)
            {
                // Converters or link may be what failed: Fault is latched, told after the next connection, and the loop goes on.
                _wasConnected = false;
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

            verdict = _admission.Check(frame, retained, (uint)nowMillis);
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
                        verdict = RefusalReason.NoProgram;
                        break;
                    default:
                        verdict = HandleControl(frame, nowMillis, out valueSet, out detail);
                        break;
                }
            }

            if (verdict != RefusalReason.Accepted)
            {
                _counters.Add(verdict);
                _outbox.Reply(frame, verdict, valueSet, detail);
            }
        }

        private RefusalReason HandleStimulus(byte[] frame)
        {
            RefusalReason verdict = _player.Play(frame);
            if (verdict == RefusalReason.Accepted)
            {
                _lease.Extend(_clock.Millis());
            }
            else if (_player.Failure != FaultCode.None)
            {
                RaiseFault(_player.Failure, 0, 0f, 0f, "the converters failed while a block was played");
            }

            return verdict;
        }

        /// <summary>Plan, parameters and commands: one ascending sequence, the newest answered again when it is repeated.</summary>
        private RefusalReason HandleControl(byte[] frame, long nowMillis, out uint valueSet, out uint detail)
        {
            valueSet = 0;
            detail = 0;
            if (Admission.IsIdentify(frame))
            {
                _outbox.SendHello();
                _outbox.SendFault();
                return RefusalReason.Accepted;
            }

            FrameKind kind = FrameHeader.Kind(frame);
            CommandCode command = kind == FrameKind.Command ? CommandFrame.Code(frame) : CommandCode.None;
            RefusalReason verdict;

            // Arm and clear are guarded by the epoch they name; they open a new count.
            if (command == CommandCode.Arm)
            {
                verdict = Arm(frame, nowMillis, out valueSet, out detail);
            }
            else if (command == CommandCode.ClearFault)
            {
                verdict = ClearFault(frame, out detail);
            }
            else
            {
                uint sequence = FrameHeader.Sequence(frame);
                if (sequence == _newestControl && _outbox.IsSameControl(frame))
                {
                    _outbox.RepeatControlReply();
                    return RefusalReason.Accepted;
                }

                if (sequence <= _newestControl)
                {
                    detail = _newestControl;
                    return RefusalReason.StaleSequence;
                }

                verdict = HandleLeased(frame, kind, command, nowMillis, out valueSet, out detail);
                if (verdict == RefusalReason.Accepted)
                {
                    _newestControl = sequence;
                }
            }

            if (verdict == RefusalReason.Accepted)
            {
                _outbox.Reply(frame, verdict, valueSet, detail);
                _slowPlane.PublishStatusWhenChanged();
            }

            return verdict;
        }

        private RefusalReason HandleLeased(byte[] frame, FrameKind kind, CommandCode command, long nowMillis, out uint valueSet, out uint detail)
        {
            valueSet = 0;
            detail = 0;
            RefusalReason verdict;
            switch (kind)
            {
                case FrameKind.Plan:
                    verdict = _player.TakePlan(frame);
                    valueSet = _player.ValueSet;
                    detail = _player.Detail;
                    break;
                case FrameKind.Parameters:
                    verdict = _player.TakeParameters(frame, ParameterFrame.Hash(frame, FrameHeader.PayloadLength(frame), _crc));
                    valueSet = _player.ValueSet;
                    detail = _player.Detail;
                    break;
                default:
                    if (CommandFrame.Holder(frame) != _lease.Holder)
                    {
                        detail = (uint)_lease.LeftMillis(nowMillis);
                        return RefusalReason.LeaseHeld;
                    }

                    if (command == CommandCode.Disarm)
                    {
                        Disarm(LinkEvent.Disarmed);
                        return RefusalReason.Accepted;
                    }

                    valueSet = (uint)LeaseMillis(CommandFrame.Argument(frame));
                    _lease.Grant(_lease.Holder, (int)valueSet, nowMillis);
                    return RefusalReason.Accepted;
            }

            if (verdict == RefusalReason.Accepted)
            {
                _lease.Extend(nowMillis);
            }

            return verdict;
        }

        private RefusalReason Arm(byte[] frame, long nowMillis, out uint valueSet, out uint detail)
        {
            valueSet = 0;
            detail = 0;
            uint holder = CommandFrame.Holder(frame);
            if (_lease.IsHeld && _lease.Holder != holder)
            {
                detail = (uint)_lease.LeftMillis(nowMillis);
                return RefusalReason.LeaseHeld;
            }

            // The epoch is on flash before anybody may use it: a device that forgets one could obey an old frame.
            if (!_epochs.Raise())
            {
                RaiseFault(FaultCode.StorageFailed, 0, 0f, 0f, "the epoch could not be stored");
                return RefusalReason.Faulted;
            }

            _player.ForgetRun();
            _newestControl = 0;
            valueSet = (uint)LeaseMillis(CommandFrame.Argument(frame));
            _lease.Grant(holder, (int)valueSet, nowMillis);
            _status.Move(LinkEvent.LeaseGranted);
            return RefusalReason.Accepted;
        }

        private RefusalReason ClearFault(byte[] frame, out uint detail)
        {
            detail = (uint)_status.Fault.Code;
            if (FrameHeader.PayloadLength(frame) == CommandFrame.FixedBytes || !_health.IsInterlockClosed() || IsTooHot())
            {
                // No reason given, or its cause still stands.
                return RefusalReason.WrongState;
            }

            if (MakeOutputsSafe() != FaultCode.None || !_epochs.Raise())
            {
                return RefusalReason.Faulted;
            }

            _newestControl = 0;
            _status.Fault = null;
            _status.Move(LinkEvent.FaultCleared);
            _status.Move(LinkEvent.SafeConfirmed);
            detail = 0;
            return RefusalReason.Accepted;
        }

        /// <summary>At least four longest transfers, so that no transfer outlives a quarter of it; at most the board's longest.</summary>
        private int LeaseMillis(uint asked)
        {
            int least = _board.MinLeaseMillis();
            return asked < (uint)least ? least : asked > (uint)_board.MaxLeaseMillis ? _board.MaxLeaseMillis : (int)asked;
        }

        private FaultCode MakeOutputsSafe()
        {
            _lease.Drop();
            FaultCode readBack = _converters.MakeSafe();
            if (_player != null)
            {
                _player.OutputsWereMadeSafe();
            }

            return readBack;
        }

        /// <summary>Outputs safe and, once they read back so, Idle.</summary>
        private void Disarm(LinkEvent why)
        {
            FaultCode readBack = MakeOutputsSafe();
            _status.Move(why);
            if (readBack != FaultCode.None)
            {
                RaiseFault(readBack, 0, 0f, 0f, "outputs did not read back safe");
            }
            else if (_link.IsConnected())
            {
                _status.Move(LinkEvent.SafeConfirmed);
            }
        }

        private void RaiseFault(Exception e) => RaiseFault(FaultCode.Exception, 0, 0f, 0f, e.GetType().FullName + ": " + e.Message);

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
                RaiseFault(reported);
            }

            if (_watchdog.Feed(nowMillis))
            {
                RaiseFault(FaultCode.WatchdogLate, 0, 0f, _board.LoopWatchdogMillis, "the loop came round too late");
            }
        }

        private void ServeLink()
        {
            bool connected = _link.IsConnected();
            if (connected && !_wasConnected)
            {
                if (_status.State == LinkState.Safe)
                {
                    Disarm(LinkEvent.WireLost);
                }

                _outbox.SendHello();
                _outbox.SendFault();
                _slowPlane.PublishAll();
            }
            else if (!connected && _wasConnected && _status.State != LinkState.Fault)
            {
                Disarm(LinkEvent.WireLost);
            }

            _wasConnected = connected;
            uint dropped = _link.DroppedFrames();
            _counters.ByReason[(int)RefusalReason.InboxFull] += dropped - _droppedSeen;
            _droppedSeen = dropped;
        }

        private void ServeSafety(long nowMillis)
        {
            if (_lease.HasLapsed(nowMillis))
            {
                Disarm(LinkEvent.LeaseLapsed);
                _slowPlane.PublishStatusWhenChanged();
            }

            if (_status.State == LinkState.Armed)
            {
                _converters.PulseEnable();
            }

            if (_status.State == LinkState.Fault)
            {
                return;
            }

            if (!_health.IsInterlockClosed())
            {
                RaiseFault(FaultCode.InterlockOpen, 0, 0f, 0f, "the external interlock is open");
            }
            else if (nowMillis >= _nextHealthMillis)
            {
                _nextHealthMillis = nowMillis + HealthCheckMillis;
                if (IsTooHot())
                {
                    RaiseFault(
                        FaultCode.Overtemperature, 0, _health.TemperatureMilliCelsius() / 1000f, _board.MaxTemperatureMilliCelsius / 1000f, "too hot");
                }
            }
        }

        private bool IsTooHot()
        {
            int temperature = _health.TemperatureMilliCelsius();
            return temperature != Heartbeat.NoTemperature && temperature > _board.MaxTemperatureMilliCelsius;
        }

        private void ServeReports(long nowMillis)
        {
            if (_wasConnected && nowMillis >= _nextHeartbeatMillis)
            {
                _nextHeartbeatMillis = nowMillis + _board.HeartbeatMillis;
                _outbox.SendHeartbeat(nowMillis);
                _slowPlane.PublishHealth(nowMillis);
            }
        }
    }
}
