using System.Diagnostics;
using System.Globalization;

namespace PnnEdge.Benchmarks.Machine;

/// <summary>What else this machine does: what figures have to be read beside. Known on Linux alone.</summary>
internal static class Load
{
    private const string File = "/proc/loadavg";
    private const int Looks = 200;
    private const int Windows = 10;

    /// <returns>Mean number of processes that ran or waited in the last minute, this one included; null where it is not known.</returns>
    public static double? LastMinute() => System.IO.File.Exists(File) ? double.Parse(Fields()[0], CultureInfo.InvariantCulture) : null;

    /// <summary>Whether a second thread would have a processor for itself: two threads that wait for each other stand still while one of them waits for a third.</summary>
    public static bool LeavesRoomFor(int threads)
    {
        if (!System.IO.File.Exists(File)) { return true; }
        for (int window = 0; window < Windows; window++)
        {
            if (HasRoomNow(threads)) { return true; } // not at once: this process's own compiler is at work when it has just started
        }

        return false;
    }

    private static bool HasRoomNow(int threads)
    {
        int[] running = new int[Looks];
        for (int look = 0; look < Looks; look++)
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < 1;) { }
            running[look] = int.Parse(Fields()[3].Split('/')[0], CultureInfo.InvariantCulture);
        }

        // This thread is one of them.
        return running.Order().ElementAt(Looks * 3 / 4) - 1 + threads <= Environment.ProcessorCount;
    }

    private static string[] Fields() => System.IO.File.ReadAllText(File).Split(' ');
}
