using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Converters
{
    /// <summary>
    /// What every board does with its enable line and static outputs: nothing is driven until a pulse, and nothing again after being made
    /// safe until the next one. The watchdog's thread may make safe at any time: whoever writes outputs holds <see cref="Lock"/>.
    /// </summary>
    public sealed class OutputGate
    {
        public readonly object Lock = new object();
        private readonly IEnableLine _enable;
        private readonly WordOutputs _actuators;
        private bool _moved;

        public OutputGate(IEnableLine enable, WordOutputs actuators)
        {
            _enable = enable;
            _actuators = actuators;
        }

        /// <summary>Up only between pulses of an armed loop. Read under the lock.</summary>
        public bool IsOpen;

        public FaultCode MakeSafe(WordOutputs stimulus)
        {
            lock (Lock)
            {
                IsOpen = false;
                _enable.Release();
                bool stimuli = stimulus == null || stimulus.MakeSafe();
                bool statics = _actuators.MakeSafe();
                return !stimuli ? FaultCode.ConverterFailed : !statics ? FaultCode.ActuatorReadback : FaultCode.None;
            }
        }

        public void Pulse()
        {
            lock (Lock)
            {
                IsOpen = true;
                _enable.Toggle();
            }
        }

        /// <summary>One more edge while a block is played; none once made safe.</summary>
        public void KeepUp()
        {
            lock (Lock)
            {
                if (IsOpen)
                {
                    _enable.Toggle();
                }
            }
        }

        public FaultCode SetActuators(float[] volts, out int failed)
        {
            lock (Lock)
            {
                // Without the enable line the outputs stay where they are: at their safe values.
                failed = IsOpen ? _actuators.Set(volts) : 0;
                _moved = true;
            }

            if (failed >= 0)
            {
                return FaultCode.ActuatorReadback;
            }

            failed = 0;
            return FaultCode.None;
        }

        /// <summary>Waits out the plan's settling time when an actuator was set since the block before, and keeps the enable line up meanwhile.</summary>
        public void Settle(RunPlan plan, IDeviceClock clock)
        {
            bool moved;
            lock (Lock)
            {
                moved = _moved;
                _moved = false;
            }

            long now = clock.Micros();
            long until = now + (moved ? plan.SettleMicros : 0);
            long nextPulse = now + WordConverters.PulseMicros;
            while (now < until)
            {
                if (now >= nextPulse)
                {
                    nextPulse = now + WordConverters.PulseMicros;
                    KeepUp();
                }

                now = clock.Micros();
            }
        }
    }
}
