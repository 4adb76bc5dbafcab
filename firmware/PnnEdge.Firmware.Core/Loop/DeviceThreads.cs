using System;
using System.Threading;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>The device's two threads: the loop, and the watchdog that makes outputs safe when the loop hangs.</summary>
    public sealed class DeviceThreads
    {
        private readonly DeviceLoop _loop;
        private readonly IConverters _converters;
        private readonly IDeviceClock _clock;
        private readonly int _watchMillis;
        private readonly ManualResetEvent _stopLoop = new ManualResetEvent(false);
        private readonly ManualResetEvent _stopWatchdog = new ManualResetEvent(false);
        private readonly Thread _loopThread;
        private readonly Thread _watchdogThread;
        private readonly object _gate = new object();
        private bool _stopping;

        /// <summary>Longest wait for a frame in one pass, ms: how late lease, interlock and enable pulse may be served.</summary>
        public const int LoopWaitMillis = 20;

        public DeviceThreads(DeviceLoop loop, Board board, IConverters converters, IDeviceClock clock)
        {
            _loop = loop;
            _converters = converters;
            _clock = clock;
            _watchMillis = board.LoopWatchdogMillis < 8 ? 2 : board.LoopWatchdogMillis / 4;
            _loopThread = new Thread(RunLoop);
            _watchdogThread = new Thread(RunWatchdog);
        }

        /// <summary>Once only.</summary>
        public void Start()
        {
            // A radio may have taken its time since the loop was built: that is not the loop's lateness.
            _loop.Watchdog.Feed(_clock.Millis());
            _watchdogThread.Start();
            _loopThread.Start();
        }

        /// <summary>Ends both threads and leaves the outputs safe. A loop that hangs is watched until it ends.</summary>
        public void Stop()
        {
            lock (_gate)
            {
                _stopping = true;
            }

            _stopLoop.Set();
            try
            {
                // Ends a block that is being played: nobody waits for it any more.
                _converters.MakeSafe();
            }
            catch (Exception e)
            {
                _loop.ReportFrom(e);
            }

            _loopThread.Join();
            _stopWatchdog.Set();
            _watchdogThread.Join();
            _converters.MakeSafe();
        }

        private bool IsStopping()
        {
            lock (_gate)
            {
                return _stopping;
            }
        }

        private void RunLoop()
        {
            while (!IsStopping())
            {
                // What fails at once, fails in every pass: without the wait it would starve the other threads.
                if (!_loop.Step(LoopWaitMillis))
                {
                    _stopLoop.WaitOne(LoopWaitMillis, false);
                }
            }
        }

        private void RunWatchdog()
        {
            do
            {
                try
                {
                    _loop.Watchdog.Watch(_clock.Millis(), _converters);
                }
                catch (Exception e)
                {
                    _loop.ReportFrom(e);
                }
            }
            while (!_stopWatchdog.WaitOne(_watchMillis, false));
        }
    }
}
