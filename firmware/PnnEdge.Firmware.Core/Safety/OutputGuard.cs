using System;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>Every way from driving to safe, and the one place where a fault is latched and told. For the loop's thread only.</summary>
    public sealed class OutputGuard
    {
        private const int HealthCheckMillis = 100;

        private readonly Board _board;
        private readonly IConverters _converters;
        private readonly IBoardHealth _health;
        private readonly DeviceStatus _status;
        private readonly Lease _lease;
        private readonly ActuatorSets _sets;
        private readonly Outbox _outbox;
        private bool _readBackSafe;
        private bool _faultIsUntold;
        private long _nextHealthMillis;

        public OutputGuard(
            Board board, IConverters converters, IBoardHealth health, DeviceStatus status, Lease lease, ActuatorSets sets, Outbox outbox)
        {
            _board = board;
            _converters = converters;
            _health = health;
            _status = status;
            _lease = lease;
            _sets = sets;
            _outbox = outbox;
        }

        /// <summary>Outputs safe, lease gone, Fault latched and told; the first fault is the one kept.</summary>
        public void RaiseFault(FaultCode code, int actuator, float asked, float limit, string text)
        {
            if (_status.Fault == null)
            {
                _status.Fault = new FaultReport(code, actuator, asked, limit, text);
                _faultIsUntold = true;
            }

            _status.Move(LinkEvent.FaultRaised);
            TryMakeSafe();
            try
            {
                TellFault();
            }
            catch (Exception)
            {
                // The link may be what failed: told when it can be.
            }
        }

        public void RaiseFault(Exception e)
        {
            // A part that fails in every pass is described once.
            string text = _status.Fault == null ? e.GetType().FullName + ": " + e.Message : string.Empty;
            RaiseFault(FaultCode.Exception, 0, 0f, 0f, text);
        }

        /// <summary>Latched Fault, as soon as there is somebody to tell; again until the link has taken it.</summary>
        public void TellFault()
        {
            if (_faultIsUntold && _status.IsAnnounced && _outbox.SendFault())
            {
                _faultIsUntold = false;
            }
        }

        /// <summary>A new connection is told what is latched.</summary>
        public void TellAgain() => _faultIsUntold = _status.Fault != null;

        /// <summary>Outputs safe, lease gone; None when the outputs read back so.</summary>
        public FaultCode MakeSafe()
        {
            _lease.Drop();
            _readBackSafe = false;
            _sets.OutputsWereMadeSafe();
            FaultCode readBack = _converters.MakeSafe();
            _readBackSafe = readBack == FaultCode.None;
            return readBack;
        }

        /// <summary>Outputs safe and, once they read back so and somebody may arm, Idle.</summary>
        public void StandDown(LinkEvent why, bool isConnected)
        {
            FaultCode readBack = MakeSafe();
            _status.Move(why);
            if (readBack != FaultCode.None)
            {
                RaiseFault(readBack, 0, 0f, 0f, "outputs did not read back safe");
            }
            else if (isConnected)
            {
                _status.Move(LinkEvent.SafeConfirmed);
            }
        }

        /// <summary>Lease, interlock, temperature; the enable pulse only when all of them allow it.</summary>
        public void Serve(long nowMillis)
        {
            if (_status.State == LinkState.Fault)
            {
                if (!_readBackSafe)
                {
                    TryMakeSafe();
                }

                return;
            }

            if (_lease.HasLapsed(nowMillis))
            {
                StandDown(LinkEvent.LeaseLapsed, _status.IsAnnounced);
            }

            if (!_health.IsInterlockClosed())
            {
                RaiseFault(FaultCode.InterlockOpen, 0, 0f, 0f, "the external interlock is open");
            }
            else if (nowMillis >= _nextHealthMillis)
            {
                _nextHealthMillis = nowMillis + HealthCheckMillis;
                int temperature = _health.TemperatureMilliCelsius();
                if (IsTooHot(temperature))
                {
                    RaiseFault(FaultCode.Overtemperature, 0, temperature / 1000f, _board.MaxTemperatureMilliCelsius / 1000f, "the board is too hot");
                }
            }

            if (_status.State == LinkState.Armed)
            {
                _converters.PulseEnable();
            }
        }

        /// <summary>One pulse for a program that drives without a lease; false, and Fault, when the interlock is open.</summary>
        public bool PulseUnlessOpen()
        {
            if (!_health.IsInterlockClosed())
            {
                RaiseFault(FaultCode.InterlockOpen, 0, 0f, 0f, "the external interlock is open");
                return false;
            }

            _converters.PulseEnable();
            return true;
        }

        /// <summary>False while the cause of an interlock or temperature fault stands.</summary>
        public bool MayClear() => _health.IsInterlockClosed() && !IsTooHot(_health.TemperatureMilliCelsius());

        /// <summary>Out of Fault: Safe, and Idle when somebody may arm. The outputs have been made safe.</summary>
        public void Clear()
        {
            _status.Fault = null;
            _faultIsUntold = false;
            _status.Move(LinkEvent.FaultCleared);
            if (_status.IsAnnounced)
            {
                _status.Move(LinkEvent.SafeConfirmed);
            }
        }

        private void TryMakeSafe()
        {
            try
            {
                MakeSafe();
            }
            catch (Exception)
            {
                // The converters may be what failed: Fault is latched, and every pass tries again.
            }
        }

        private bool IsTooHot(int milliCelsius) => milliCelsius != Heartbeat.NoTemperature && milliCelsius > _board.MaxTemperatureMilliCelsius;
    }
}
