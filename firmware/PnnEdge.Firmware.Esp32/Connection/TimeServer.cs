namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>Who is asked for the time of day, which certificates are judged by.</summary>
    public static class TimeServer
    {
        /// <summary>Of this code: a clock that somebody set is later; until then it counts from 1970.</summary>
        private const int EarliestYear = 2026;

        /// <summary>Whose names the interpreter has built in (nf-interpreter, lwip_sntp_default_options.h).</summary>
        private const string BuiltIn = "pool.ntp.org";

        public static bool IsTimeOfDay(int year) => year >= EarliestYear;

        /// <param name="sntp">The setting; null where it is left out.</param>
        public static string NoAnswer(string sntp) =>
            sntp == null ? "no time of day for certificates: asked " + BuiltIn + " (sntp= in pnn.txt names another)" : "no time of day for certificates: asked " + sntp;
    }
}
