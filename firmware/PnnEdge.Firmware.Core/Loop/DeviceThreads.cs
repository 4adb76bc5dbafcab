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
        private readonly AutoResetEvent _stopWatchdog = new AutoResetEvent(false);
        private readonly Thread _loopThread;
        private readonly Thread _watchdogThread;
        private readonly object _gate = new object();
        private bool _stopping;

        /// <summary>Longest wait for a frame in one pass, ms: how late lease, interlock and enable pulse may be served.</summary>
        private const int LoopWaitMillis = 20;

        public DeviceThreads(DeviceLoop loop, Board board, IConverters converters, IDeviceClock clock)
        {
            _loop = loop;
            _converters = converters;
            _clock = clock;
            _watchMillis = board.LoopWatchdogMillis / 4;
            _loopThread = new Thread(RunLoop);
            _watchdogThread = new Thread(RunWatchdog);
        }

        public void Start()
        {
            _watchdogThread.Start();
            _loopThread.Start();
        }

        /// <summary>Ends both threads and leaves the outputs safe.</summary>
        public void Stop()
        {
            lock (_gate)
            {
                _stopping = true;
            }

            _stopWatchdog.Set();
            _loopThread.Join();
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
                _loop.Step(LoopWaitMillis);
            }
        }

        private void RunWatchdog()
        {
            while (!IsStopping())
            {
                try
                {
                    if (_loop.Watchdog.BitesNow(_clock.Millis()))
                    {
                        _converters.MakeSafe();
                    }
                }
                catch (Exception e)
                {
                    _loop.ReportFrom(e);
                }

                _stopWatchdog.WaitOne(_watchMillis, false);
            }
        }
    }
}
