using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>The board's outputs and inputs. Called per block, never per sample.</summary>
    public interface IConverters
    {
        /// <summary>
        /// Drives every output to its safe value and releases the enable line. May be called from the watchdog's thread while
        /// <see cref="Play"/> is under way, and then ends it. Until the next <see cref="PulseEnable"/> nothing is driven again:
        /// the watchdog may have spoken just before the loop went on to drive. None when the outputs read back as safe.
        /// </summary>
        FaultCode MakeSafe();

        /// <summary>
        /// One edge of the pulse train that keeps the enable monostable up; called once per loop pass while armed. No edge comes while
        /// <see cref="Play"/> is under way: the monostable must outlast the board's LongestTransferMillis.
        /// </summary>
        void PulseEnable();

        /// <summary>Sets every actuator; limits were checked. None when all of them read back.</summary>
        /// <param name="volts">[actuator], V, in the order of the board's banks.</param>
        /// <param name="failed">Index of the first that did not take its value; 0 when all did.</param>
        FaultCode SetActuators(float[] volts, out int failed);

        /// <summary>Sets the sample clock as near to <paramref name="milliHertz"/> as the board can; returns the rate really set, mHz.</summary>
        uint SetSampleRate(uint milliHertz);

        /// <summary>
        /// Plays the shots of a block and samples them, both in the converters' own block format. Waits the plan's settling time
        /// first when an actuator was set since the block before; leaves the stimulus outputs at their safe values.
        /// </summary>
        /// <param name="plan">Accepted for this board.</param>
        /// <param name="firstShot">Logical index; only simulated physics looks at it.</param>
        /// <param name="stimulus">[shot, sample, channel], 16-bit little-endian codes from <paramref name="stimulusAt"/> on; checked.</param>
        /// <param name="measurement">[shot, sample, channel], codes; overwritten from <paramref name="measurementAt"/> on.</param>
        /// <returns>Flags of <see cref="MeasurementBlock"/>, the underrun flag when the block was cut short; or minus the <see cref="FaultCode"/>.</returns>
        int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt);
    }
}
