using System;
using System.Threading;
using nanoFramework.Networking;
using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// The wall clock, which nothing but certificates is judged by: it may step, and leases, deadlines and watchdogs count on <see cref="ChipClock"/>. Its waits are
    /// the chip's own: like Program it belongs to the board's composition root.
    /// </summary>
    public static class TimeOfDay
    {
        private const int WaitMillis = 60000;
        private const int LookMillis = 250;

        /// <summary>Waits at most a minute for somebody to have set the clock; false when nobody did.</summary>
        /// <param name="sntp">Asked in the place of the interpreter's own servers; null leaves it with those.</param>
        public static bool Wait(string sntp)
        {
            if (sntp == null || IsSet())
            {
                return WaitUntilSet(null);
            }

            Name(sntp);
            Sntp.UpdateNow();
            bool isSet = WaitUntilSet(sntp);

            // The client keeps the place of the name's text, and a collection that compacts moves the text: nobody may ask by it later.
            Sntp.Stop();
            return isSet;
        }

        private static bool WaitUntilSet(string sntp)
        {
            for (int waited = 0; !IsSet(); waited += LookMillis)
            {
                if (waited >= WaitMillis)
                {
                    return false;
                }

                Thread.Sleep(LookMillis);
                if (sntp != null)
                {
                    Name(sntp);
                }
            }

            return true;
        }

        /// <summary>In both places: a client that gets no answer asks the second.</summary>
        private static void Name(string sntp)
        {
            Sntp.Server1 = sntp;
            Sntp.Server2 = sntp;
        }

        private static bool IsSet() => TimeServer.IsTimeOfDay(DateTime.UtcNow.Year);
    }
}
