using System;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>
    /// Output and input codec as memory sees them: frames of two words of two's complement, low byte first. The outputs go through a
    /// bench; the inputs answer a fixed number of frames later, as two clocks that started apart do.
    /// </summary>
    public sealed class SimulatedPcm5102aPcm1808
    {
        private const double CodesPerUnit = 32768;

        private readonly Func<double, double, (double Left, double Right)> _bench;
        private readonly int _lagFrames;
        private readonly System.Collections.Generic.Queue<(double Left, double Right)> _played = new();

        /// <param name="bench">From the two outputs to the two inputs of one sample, V.</param>
        /// <param name="lagFrames">Frames of rest that the input sees before the first one played.</param>
        public SimulatedPcm5102aPcm1808(Func<double, double, (double Left, double Right)> bench, int lagFrames)
        {
            _bench = bench;
            _lagFrames = lagFrames;
        }

        /// <summary>Volts of the newest frame written, left and right: where the outputs stay when nothing follows but zeros.</summary>
        public (double Left, double Right) LastVolts { get; private set; }

        public void Play(byte[] frames, int at, int count)
        {
            for (int i = _played.Count == 0 ? _lagFrames : 0; i > 0; i--)
            {
                _played.Enqueue((0, 0));
            }

            for (int end = at + count; at < end; at += 4)
            {
                LastVolts = (Word(frames, at) / CodesPerUnit * 2.97, Word(frames, at + 2) / CodesPerUnit * 2.97);
                _played.Enqueue(LastVolts);
            }
        }

        /// <summary>Fills frames with what the inputs saw; the outputs rest at 0 V where nothing was written.</summary>
        public void Sample(byte[] frames, int at, int count)
        {
            for (int end = at + count; at < end; at += 4)
            {
                (double left, double right) = _played.TryDequeue(out (double Left, double Right) volts) ? _bench(volts.Left, volts.Right) : _bench(0, 0);
                Put(frames, at, left);
                Put(frames, at + 2, right);
            }
        }

        private static short Word(byte[] frames, int at) => (short)(frames[at] | (frames[at + 1] << 8));

        private static void Put(byte[] frames, int at, double volts)
        {
            short word = (short)Math.Clamp(Math.Floor((volts / 1.5 * CodesPerUnit) + 0.5), short.MinValue, short.MaxValue);
            frames[at] = (byte)word;
            frames[at + 1] = (byte)(word >> 8);
        }
    }
}
